import * as v from "valibot";
import { MAX_RECORD_CHARACTERS } from "./limits.ts";
import { text } from "./parts.ts";

/** What a person may ask about records of the meeting. */
export const recordCommands = [
  /** Whether the own name may stand in records that members save from now on. Nobody's may unless they say so. */
  v.strictObject({ type: v.literal("name-in-records"), allowed: v.boolean() }),
  /** Makes a record of this moment, and shows it in the snapshot until it was taken. */
  v.strictObject({ type: v.literal("export-record") }),
  v.strictObject({ type: v.literal("take-record") }),
] as const;
export type RecordCommand = v.InferOutput<(typeof recordCommands)[number]>;

/** A record's bytes in base64url. */
export const recordFile = text(MAX_RECORD_CHARACTERS);
