import * as v from "valibot";
import { MAX_SIGNAL_CHARACTERS } from "../contract/limits.ts";
import { isUsableCandidate } from "./candidates.ts";
import { MAX_SDP_CHARACTERS, SECTIONS } from "./sdp.ts";
import { passingWords } from "../contract/passing.ts";
import { wish } from "../contract/wish.ts";

const description = v.strictObject({
  type: v.picklist(["offer", "answer"]),
  sdp: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_SDP_CHARACTERS)),
});

const candidate = v.strictObject({
  type: v.literal("candidate"),
  candidate: v.strictObject({
    candidate: v.pipe(
      v.string(),
      v.maxLength(512),
      // The empty one says that no more will come.
      v.check((line) => line === "" || isUsableCandidate(line)),
    ),
    sdpMid: v.nullable(v.pipe(v.string(), v.maxLength(16))),
    sdpMLineIndex: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(SECTIONS.length - 1))),
  }),
});

/** The side that does not make offers asks for an ICE restart. */
const restartRequest = v.strictObject({ type: v.literal("restart-request") });

/** What two pages say about what goes over their link once it is up. Each may be said as often as the channel allows. */
const word = v.variant("type", [wish, ...passingWords]);
export type Word = v.InferOutput<typeof word>;

/** What two pages say to build their link. */
const building = v.variant("type", [description, candidate, restartRequest]);
export type Building = v.InferOutput<typeof building>;

/** What two pages say to each other. simple-peer's other signals are neither sent nor taken. */
const signal = v.variant("type", [building, word]);
export type Signal = v.InferOutput<typeof signal>;
export type Description = v.InferOutput<typeof description>;

/** Whether a signal is about what goes over the link, and not about building it. */
export function isWord(one: Signal): one is Word {
  return one.type !== "offer" && one.type !== "answer" && one.type !== "candidate" && one.type !== "restart-request";
}

/** Reads a signal from another member's page; null for anything that is not one. */
export function readSignal(data: string): Signal | null {
  if (data.length > MAX_SIGNAL_CHARACTERS) return null;
  try {
    const parsed = v.safeParse(signal, JSON.parse(data));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
