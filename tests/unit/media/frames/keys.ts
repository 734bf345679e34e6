import type { KeyMessage } from "../../../../core/contract/key-messages.ts";
import type { MemberId } from "../../../../core/contract/parts.ts";

export const ANN = "A".repeat(43) as MemberId;
export const BEN = "B".repeat(43) as MemberId;

export function baseKey(fill: number): string {
  return Buffer.alloc(32, fill).toString("base64url");
}

export function sendKey(epoch: number, use = true, fill = epoch): Extract<KeyMessage, { type: "send-key" }> {
  return { type: "send-key", index: 1, epoch, baseKey: baseKey(fill), use };
}

export function receiveKey(
  member: MemberId,
  epoch: number,
  fill = epoch,
): Extract<KeyMessage, { type: "receive-key" }> {
  return { type: "receive-key", member, index: 1, epoch, baseKey: baseKey(fill) };
}
