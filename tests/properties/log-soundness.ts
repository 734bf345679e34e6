import { expect } from "vitest";
import { countsOf } from "../../core/membership/fold.ts";
import { hasSeen, type StoredEntry } from "../../core/membership/log-store.ts";
import type { Log } from "../../core/membership/log.ts";
import { rosterOf } from "../../core/membership/roster.ts";

/** What must hold of any log, said without the rules' own machinery. */
export function assertSound(log: Log): void {
  const folded = countsOf(log);
  const roster = rosterOf(log);
  const counted = log.entries.filter((entry) => folded.has(entry));
  const removals = counted.filter(isRemoval);
  for (const entry of counted) {
    const beside = (other: StoredEntry): boolean => !hasSeen(other, entry) && !hasSeen(entry, other);
    expect(removals.filter((removal) => isAbout(removal, entry.author) && beside(removal))).toEqual([]);
    expect(isMemberAt(entry, entry.author, counted) || entry.entry.body.type === "create").toBe(true);
    if (entry.entry.body.type === "expel") expect(isAgreed(entry, "remove", counted)).toBe(true);
    if (saysUnheard(entry)) expect(counted.filter((other) => isPresence(other) && beside(other))).toEqual([]);
    if (entry.entry.body.type === "readmit") expect(isAgreed(entry, "readmit", counted)).toBe(true);
  }
  for (const { id } of roster.members) {
    expect(id === log.root || counted.some((entry) => entry.admission?.request.member === id)).toBe(true);
    expect(isOutBy(id, counted)).toBe(false);
    expect(counted.some((entry) => entry.author === id && entry.entry.body.type === "leave")).toBe(false);
  }
  for (const entry of counted.filter(({ entry: { body } }) =>
    ["remove", "grant", "revoke", "lock", "unlock", "policy", "present"].includes(body.type),
  )) {
    const granted = counted.some(
      (other) => other.entry.body.type === "grant" && isAbout(other, entry.author) && hasSeen(entry, other),
    );
    expect(entry.author === log.root || granted).toBe(true);
  }
  for (const removal of roster.removals) expect(roster.members.some(({ id }) => id === removal.member)).toBe(false);
}

function isRemoval({ entry: { body } }: StoredEntry): boolean {
  return body.type === "remove" || body.type === "expel";
}

/** Removed, and not let back in by an entry that knows of it. */
function isOutBy(id: string, counted: readonly StoredEntry[]): boolean {
  const returns = counted.filter((entry) => entry.entry.body.type === "readmit" && isAbout(entry, id));
  const removals = counted.filter((entry) => isRemoval(entry) && isAbout(entry, id));
  return removals.some((removal) => !returns.some((entry) => hasSeen(entry, removal)));
}

/** Whether somebody was a member as far as the author of an entry could know. */
function isMemberAt(at: StoredEntry, id: string, counted: readonly StoredEntry[]): boolean {
  const seen = counted.filter((entry) => hasSeen(at, entry));
  const admitted = seen.some(({ author, admission, entry: { body } }) =>
    body.type === "create" ? author === id : admission?.request.member === id,
  );
  const left = seen.some(({ author, entry: { body } }) => author === id && body.type === "leave");
  return admitted && !left && !isOutBy(id, seen);
}

/** Whether more than half of those who were members then had voted for what an entry puts down. */
function isAgreed(at: StoredEntry, motion: string, counted: readonly StoredEntry[]): boolean {
  const subject = "member" in at.entry.body ? at.entry.body.member : "";
  const votes = counted.filter(({ entry: { body } }) => body.type === "vote" && body.motion === motion && body.approve);
  const voters = new Set(
    votes
      .filter((vote) => hasSeen(at, vote) && isAbout(vote, subject) && isOfItsKind(vote, at))
      .map(({ author }) => author),
  );
  const authors = new Set(counted.map(({ author, admission }) => admission?.request.member ?? author));
  const members = [...authors].filter((id) => isMemberAt(at, id, counted));
  return 2 * members.filter((id) => voters.has(id)).length > members.length;
}

function isPresence({ entry: { body } }: StoredEntry): boolean {
  return body.type === "present";
}

function saysUnheard({ entry: { body } }: StoredEntry): boolean {
  return body.type === "expel" && body.unheard === true;
}

/** A vote that does for what an entry puts down: if that is because no moderator was heard, it says so too. */
function isOfItsKind(vote: StoredEntry, at: StoredEntry): boolean {
  const { body } = vote.entry;
  return !saysUnheard(at) || (body.type === "vote" && body.unheard === true);
}

function isAbout({ entry: { body } }: StoredEntry, member: string): boolean {
  return "member" in body && body.member === member;
}
