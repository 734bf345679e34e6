import type { MemberId } from "../base/member-id.ts";
import type { Secret } from "../base/secret.ts";

/** SFrame base_key: 32 bytes. */
export type BaseKey = Secret<"base-key">;

/** Until when senders wait for acknowledgements before they switch, in ms after the change. */
export const SWITCH_MS = 300;
/** How long a sender's old key is kept after the switch, in ms: frames sealed under it may still be worked on. */
export const SEND_GRACE_MS = 2_000;
/** How long a receiver keeps a member's key after a later one came, in ms: two changes may follow on each other before the sender switches. */
export const RECEIVE_GRACE_MS = 2 * SWITCH_MS + SEND_GRACE_MS;
/** How old a sending key may grow, in ms. */
export const RENEW_MS = 15 * 60_000;
/** Keys of one member that a receiver holds at most. */
export const MAX_RECEIVE_EPOCHS = 4;
/** Members whose keys are held though the log has not shown them as members yet. */
export const MAX_EARLY_MEMBERS = 64;

export type SenderKeyEvent =
  /** The roster changed, oneself left out: who is new and who is gone, all in one event. Members already known (or gone) are passed over. */
  | { readonly type: "recipients"; readonly added: readonly MemberId[]; readonly removed: readonly MemberId[] }
  /**
   * The log has come to give members other indices than before: one admitted twice at the same moment keeps the first admission.
   * Frames name the index, so their keys are installed anew, and one's own index is never joined with a key used under another.
   */
  | { readonly type: "renumbered"; readonly self: boolean; readonly members: readonly MemberId[] }
  /** A fresh pairwise channel to somebody is open for key messages; said again when a newer channel takes its place. */
  | { readonly type: "reachable"; readonly member: MemberId }
  | { readonly type: "unreachable"; readonly member: MemberId }
  /** A key message that came over the member's pairwise channel. Malformed ones change nothing. */
  | { readonly type: "message"; readonly member: MemberId; readonly bytes: Uint8Array }
  /** Time has come to a `wake`. Harmless at any time. */
  | { readonly type: "tick" }
  /**
   * The frames worker is new and holds nothing: sending goes on at once under a fresh key, never again under one whose counter is lost,
   * and every receiving key is installed anew.
   */
  | { readonly type: "worker-started" };

/** A `baseKey` in an effect is a copy: whoever carries the effect out wipes it. `bytes` to deliver hold keys in clear: seal them at once, then wipe. */
export type SenderKeyEffect =
  | { readonly type: "deliver"; readonly to: MemberId; readonly bytes: Uint8Array }
  | { readonly type: "install-send"; readonly epoch: number; readonly baseKey: BaseKey; readonly use: boolean }
  | { readonly type: "use-send"; readonly epoch: number }
  | { readonly type: "forget-send"; readonly epoch: number }
  | {
      readonly type: "install-receive";
      readonly member: MemberId;
      readonly epoch: number;
      readonly baseKey: BaseKey;
    }
  | { readonly type: "forget-receive"; readonly member: MemberId; readonly epoch: number }
  | { readonly type: "forget-member"; readonly member: MemberId }
  /** `tick` is wanted at this time, in ms of the same clock as `now`; it takes the place of any earlier wake. */
  | { readonly type: "wake"; readonly at: number };

/** What the step is given besides the event. `now`: ms of a clock that never goes back. */
export interface SenderKeyContext {
  readonly now: number;
  readonly random: { bytes(length: number): Uint8Array };
}
