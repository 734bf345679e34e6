import * as v from "valibot";
import { MAX_PARTICIPANTS } from "./limits.ts";
import { memberId } from "./parts.ts";

/** What one person can do about another for themselves alone. Nobody else can see it. */
export const LOCAL_ACTS = ["cover", "mute", "hide-chat"] as const;
export type LocalAct = (typeof LOCAL_ACTS)[number];

/** The most choices that are kept, of members who are here and who were; the oldest fall away. */
export const MAX_LOCAL_CHOICES = MAX_PARTICIPANTS * LOCAL_ACTS.length;

/** What this person has chosen about others, for as long as the call lasts. */
export const localActs = v.strictObject({
  /** Newcomers are shown at once, those who are here and those who will come. */
  showNewcomers: v.boolean(),
  /** What was chosen for one member, once for each act, oldest first; it goes before everything else. */
  chosen: v.pipe(
    v.array(v.strictObject({ act: v.picklist(LOCAL_ACTS), member: memberId, on: v.boolean() })),
    v.maxLength(MAX_LOCAL_CHOICES),
  ),
  /** How loud members are heard, of a hundred; who is not named is heard as they are. Oldest first. */
  volumes: v.exactOptional(
    v.pipe(
      v.array(
        v.strictObject({ member: memberId, percent: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)) }),
      ),
      v.maxLength(MAX_PARTICIPANTS),
    ),
  ),
});
export type LocalActs = v.InferOutput<typeof localActs>;

/** Newcomers are covered, nobody else is, nobody is muted or hidden. */
export const noActs: LocalActs = { showNewcomers: false, chosen: [] };
