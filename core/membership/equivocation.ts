import type { MemberId } from "../base/member-id.ts";
import type { Facts } from "./facts.ts";
import type { EntryId } from "./ids.ts";
import { hasSeen, type StoredEntry } from "./log-store.ts";

/** Two entries of one author, neither made in knowledge of the other: each is signed, so the pair is proof to anybody. */
export interface Equivocation {
  readonly member: MemberId;
  /** In the agreed order. */
  readonly evidence: readonly [EntryId, EntryId];
}

/**
 * Whoever has told two histories, once each, with the first such pair in the agreed order. An honest client puts each of its entries
 * behind its last one, so each knows all before it. It takes nothing away from what either entry does.
 */
export function equivocationsIn({ sorted }: Facts): readonly Equivocation[] {
  const latest = new Map<MemberId, StoredEntry>();
  const found = new Map<MemberId, Equivocation>();
  for (const entry of sorted) {
    const { author } = entry;
    const before = latest.get(author);
    latest.set(author, entry);
    if (before === undefined || found.has(author) || hasSeen(entry, before)) continue;
    found.set(author, { member: author, evidence: [before.id, entry.id] });
  }
  return [...found.values()];
}
