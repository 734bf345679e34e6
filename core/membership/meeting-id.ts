import { toHex } from "../base/bytes.ts";
import type { Secret } from "../base/secret.ts";
import { derive } from "../crypto/hash.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export interface Meeting {
  /** 32 bytes; tells nothing of the secret. */
  readonly meetingId: Uint8Array;
  /**
   * What members look for each other under on one UTC day: 32 hex characters. Tags of two days cannot be linked without the secret.
   * `utcDay` is whole days since the Unix epoch: see `utcDayOf`.
   */
  rendezvousTag(utcDay: number): string;
}

/** Derives what outsiders may see of a meeting. The secret must outlive the returned value; it is not copied. */
export function deriveMeeting(meetingSecret: Secret<"meeting-secret">): Meeting {
  return {
    meetingId: derive({ key: meetingSecret.reveal(), label: "meeting id", length: 32 }),
    rendezvousTag: (utcDay) => {
      const context = new Uint8Array(4);
      new DataView(context.buffer).setUint32(0, utcDay);
      return toHex(derive({ key: meetingSecret.reveal(), label: "rendezvous tag", context, length: 16 }));
    },
  };
}

/** Whole days since the Unix epoch, from milliseconds. */
export function utcDayOf(now: number): number {
  return Math.floor(now / DAY_MS);
}
