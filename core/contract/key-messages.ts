import * as v from "valibot";
import { MAX_PARTICIPANTS } from "./limits.ts";
import { memberId } from "./parts.ts";

/** Sender keys number their epochs from 1; each is one key, used by one sender. */
const epoch = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(0xffff_ffff));
/** The member's index in the log: 0 to 65,535. */
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(0xffff));
/** SFrame base_key: 32 bytes in base64url. */
const baseKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));

/**
 * What the host tells the frames worker, on a port that nothing else uses: its keys, and on whose links frames may go out at all.
 */
export const keyMessage = v.variant("type", [
  /** A key to seal under, from now on if `use`, else once a later `use-send-key` names it. Its counter starts at 0: never given twice. */
  v.strictObject({ type: v.literal("send-key"), index, epoch, baseKey, use: v.boolean() }),
  v.strictObject({ type: v.literal("use-send-key"), epoch }),
  v.strictObject({ type: v.literal("forget-send-key"), epoch }),
  v.strictObject({ type: v.literal("receive-key"), member: memberId, index, epoch, baseKey }),
  v.strictObject({ type: v.literal("forget-receive-key"), member: memberId, epoch }),
  v.strictObject({ type: v.literal("forget-member"), member: memberId }),
  /** From now on frames go out on the links to these members and to nobody else, whatever the page has or has not closed. */
  v.strictObject({ type: v.literal("recipients"), members: v.pipe(v.array(memberId), v.maxLength(MAX_PARTICIPANTS)) }),
  /** The meeting is over: every key is forgotten and nothing is sealed or opened any more. */
  v.strictObject({ type: v.literal("forget-all") }),
]);
export type KeyMessage = v.InferOutput<typeof keyMessage>;
