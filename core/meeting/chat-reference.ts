import { fromBase64Url, toBase64Url } from "../base/bytes.ts";
import { memberIdOf, memberKeyOf } from "../base/member-id.ts";
import type { ChatReference } from "../contract/parts.ts";

const KEY_BYTES = 32;
/** The sender's key and the message's id. Ids are the senders' own: two members can use the same one. */
const REFERENCE_BYTES = KEY_BYTES + 16;

/** The message that another answers as it travels; no bytes for one that answers none. */
export function writeReference(reply: ChatReference | null): Uint8Array {
  if (reply === null) return new Uint8Array();
  return Uint8Array.from([...memberKeyOf(reply.from), ...(fromBase64Url(reply.id) ?? [])]);
}

/** The reverse of `writeReference`; null for anything else. Whether there is such a message is not asked here. */
export function readReference(bytes: Uint8Array): ChatReference | null {
  if (bytes.length !== REFERENCE_BYTES) return null;
  return { from: memberIdOf(bytes.subarray(0, KEY_BYTES)), id: toBase64Url(bytes.subarray(KEY_BYTES)) };
}

/** Whether a message is the one that a reference names. */
export function isNamedBy(reply: ChatReference, { from, id }: ChatReference): boolean {
  return reply.from === from && reply.id === id;
}
