import type { MemberId } from "../../../core/contract/parts.ts";

/** What one person can do about another for themselves alone. Nobody else can see it. */
export const LOCAL_ACTS = ["cover", "mute", "hide-chat"] as const;
export type LocalAct = (typeof LOCAL_ACTS)[number];

/** What this person has chosen about others, for as long as the call lasts. */
export interface LocalActs {
  /** Newcomers are shown at once, those who are here and those who will come. */
  readonly showNewcomers: boolean;
  /** What was chosen for one member, by `key`; it goes before everything else. */
  readonly chosen: ReadonlyMap<string, boolean>;
}

export const noActs: LocalActs = { showNewcomers: false, chosen: new Map() };

const key = (act: LocalAct, member: MemberId): string => `${act} ${member}`;

/** Whether something is done about a member. Only newcomers are covered without having been chosen. */
export function isDone(
  acts: LocalActs,
  act: LocalAct,
  { id, newcomer }: { readonly id: MemberId; readonly newcomer: boolean },
): boolean {
  return acts.chosen.get(key(act, id)) ?? (act === "cover" && newcomer && !acts.showNewcomers);
}

export function withAct(acts: LocalActs, act: LocalAct, choice: { member: MemberId; on: boolean }): LocalActs {
  return { ...acts, chosen: new Map(acts.chosen).set(key(act, choice.member), choice.on) };
}

/** Everybody's picture is shown from now on, also of those who were covered one by one. */
export function withEverybodyShown(acts: LocalActs): LocalActs {
  return { showNewcomers: true, chosen: new Map([...acts.chosen].filter(([name]) => !name.startsWith("cover "))) };
}

/** Marks that follow each other on one letter, beyond which they climb over their neighbours. */
const MARKS_AT_ONCE = 2;

/** A name of a covered member: its letters, digits and plain punctuation, without pictures and stacked marks. */
export function plainName(name: string): string {
  const letters = name.replace(/[^\p{L}\p{M}\p{Nd}\u200c\u200d .,'’·-]/gu, "");
  const stacked = new RegExp(String.raw`(\p{M}{${MARKS_AT_ONCE}})\p{M}+`, "gu");
  return letters.replace(stacked, "$1").replace(/ +/gu, " ").trim();
}
