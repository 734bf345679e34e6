import type { MemberId } from "../base/member-id.ts";
import type { Motion } from "./body.ts";
import type { Folded } from "./fold.ts";
import type { StoredEntry } from "./log-store.ts";
import { YES } from "./truth.ts";

/** Something that is being decided by votes. */
export interface MotionTally {
  readonly motion: Motion;
  readonly member: MemberId;
  /** What the first who is for it gave as the reason; empty for somebody who asks to come back. */
  readonly reason: string;
  /** What the removed says; empty where somebody is to be removed. */
  readonly appeal: string;
  /** When it was first spoken of, by its author's clock. */
  readonly since: number;
  /** Members who are for it at present, in the order of their first vote. */
  readonly approvals: readonly MemberId[];
  /** How many must be. */
  readonly needed: number;
  /** Enough are for it, and it only has to be put down. */
  readonly decided: boolean;
  /** Whether it is voted on because no moderator was heard. */
  readonly unheard: boolean;
}

/** What is open: removals that some are for while votes decide, and appeals of those who are out. */
export function motionsIn(folded: Folded): readonly MotionTally[] {
  const { facts, has, present } = folded;
  const opened = new Map<string, { motion: Motion; member: MemberId; first: StoredEntry }>();
  for (const entry of facts.sorted) {
    if (!has(entry)) continue;
    const about = aboutOf(entry);
    if (about === null) continue;
    const key = `${about.motion} ${about.member}`;
    if (!opened.has(key)) opened.set(key, { ...about, first: entry });
  }
  const members = facts.people.filter((one) => present.isMember(one) === YES).length;
  return [...opened.values()].flatMap((one) => {
    const tally = tallyOf(one, folded);
    return tally === null ? [] : [{ ...tally, needed: Math.floor(members / 2) + 1 }];
  });
}

function aboutOf({ entry: { body }, appeal }: StoredEntry): { motion: Motion; member: MemberId } | null {
  if (body.type === "vote" && body.motion === "remove") return { motion: body.motion, member: body.member };
  return appeal === null ? null : { motion: "readmit", member: appeal.request.member };
}

interface Opened {
  readonly motion: Motion;
  readonly member: MemberId;
  readonly first: StoredEntry;
}

function tallyOf(
  { motion, member, first }: Opened,
  { facts, has, present }: Folded,
): Omit<MotionTally, "needed"> | null {
  const votes = facts.byType.get("vote") ?? [];
  const firsts = new Map<MemberId, StoredEntry>();
  for (const vote of votes) {
    const { body } = vote.entry;
    const isFor = body.type === "vote" && body.motion === motion && body.member === member && body.approve;
    if (isFor && has(vote) && !firsts.has(vote.author)) firsts.set(vote.author, vote);
  }
  const unheard = motion === "remove" && present.votesDecide() !== YES;
  const approving = [...firsts.values()].filter(
    ({ author }) => present.isMember(author) === YES && present.approves(author, { motion, member, unheard }) === YES,
  );
  const approvals = approving.map(({ author }) => author);
  const decided = present.hasMajority({ motion, member, unheard }) === YES;
  const shared = { motion, member, approvals, decided, unheard };
  if (motion === "remove") {
    const [vote] = approving;
    if (present.isMember(member) !== YES || vote === undefined) return null;
    const { body, time } = vote.entry;
    return { ...shared, reason: body.type === "vote" ? body.reason : "", appeal: "", since: time };
  }
  const said = facts.appealsOf.get(member)?.findLast((entry) => has(entry)) ?? first;
  const isOpen = present.isRemoved(member) === YES && present.hasAppealed(member) === YES;
  if (!isOpen || present.hasLeft(member) === YES) return null;
  return { ...shared, reason: "", appeal: said.appeal?.text ?? "", since: said.entry.time };
}
