import { toHex } from "../base/bytes.ts";
import type { Secret } from "../base/secret.ts";
import { derive } from "../crypto/hash.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The meeting's id, 32 bytes: in every entry and signature, and tells nothing of the secret. */
export function deriveMeetingId(meetingSecret: Secret<"meeting-secret">): Uint8Array {
  return derive({ key: meetingSecret.reveal(), label: "meeting id", length: 32 });
}

/**
 * What members look for each other under on the UTC day of `now` (ms since the Unix epoch): 32 hex characters.
 * Tags of two days, and tag and id, cannot be linked without the secret.
 */
export function rendezvousTag(meetingSecret: Secret<"meeting-secret">, now: number): string {
  const context = new Uint8Array(4);
  new DataView(context.buffer).setUint32(0, Math.floor(now / DAY_MS));
  return toHex(derive({ key: meetingSecret.reveal(), label: "rendezvous tag", context, length: 16 }));
}
