import { MAX_LOCAL_CHOICES, type LocalAct, type LocalActs } from "../../../core/contract/local-acts.ts";
import { MAX_PARTICIPANTS } from "../../../core/contract/limits.ts";
import type { MemberId } from "../../../core/contract/parts.ts";

/** Whether something is done about a member. Only newcomers are covered without having been chosen. */
export function isDone(
  { chosen, showNewcomers }: LocalActs,
  act: LocalAct,
  { id, newcomer }: { readonly id: MemberId; readonly newcomer: boolean },
): boolean {
  const choice = chosen.find((one) => one.act === act && one.member === id);
  return choice?.on ?? (act === "cover" && newcomer && !showNewcomers);
}

export function withAct(acts: LocalActs, act: LocalAct, choice: { member: MemberId; on: boolean }): LocalActs {
  const others = acts.chosen.filter((one) => one.act !== act || one.member !== choice.member);
  return { ...acts, chosen: [...others, { act, ...choice }].slice(-MAX_LOCAL_CHOICES) };
}

/** How loud a member is heard here, of a hundred. */
export function volumeOf({ volumes = [] }: LocalActs, member: MemberId): number {
  return volumes.find((one) => one.member === member)?.percent ?? 100;
}

export function withVolume(acts: LocalActs, member: MemberId, percent: number): LocalActs {
  const others = (acts.volumes ?? []).filter((one) => one.member !== member);
  const whole = Math.min(100, Math.max(0, Math.round(percent)));
  return { ...acts, volumes: [...others, { member, percent: whole }].slice(-MAX_PARTICIPANTS) };
}

/** Everybody's picture is shown from now on, also of those who were covered one by one. */
export function withEverybodyShown(acts: LocalActs): LocalActs {
  return { showNewcomers: true, chosen: acts.chosen.filter(({ act }) => act !== "cover") };
}

/** Marks that follow each other on one letter, beyond which they climb over their neighbours. */
const MARKS_AT_ONCE = 2;

/** A name of a covered member: its letters, digits and plain punctuation, without pictures and stacked marks. */
export function plainName(name: string): string {
  const letters = name.replace(/[^\p{L}\p{M}\p{Nd}\u200c\u200d .,'’·-]/gu, "");
  const stacked = new RegExp(String.raw`(\p{M}{${MARKS_AT_ONCE}})\p{M}+`, "gu");
  return letters.replace(stacked, "$1").replace(/ +/gu, " ").trim();
}
