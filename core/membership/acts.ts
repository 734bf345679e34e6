import type { MemberId } from "../base/member-id.ts";
import type { BodyOf, EntryType } from "./body.ts";
import type { Folded } from "./fold.ts";
import type { EntryId } from "./ids.ts";
import { compareEntries, type StoredEntry } from "./log-store.ts";

/** Entries by which members rule the meeting as such; who came and went is told by the roster itself. */
const RULING = ["grant", "revoke", "lock", "unlock", "policy", "revoke-invite", "appeal"] as const;
type RulingType = (typeof RULING)[number] & EntryType;

/** One thing that somebody did about the meeting, by an entry that counts. */
export interface Act {
  readonly id: EntryId;
  readonly by: MemberId;
  /** By the author's clock, in ms since the Unix epoch. */
  readonly time: number;
  readonly body: BodyOf<RulingType>;
  /** Whom it is about: the one appointed, dismissed or appealing; the author where it is about nobody. */
  readonly about: MemberId;
  /** What somebody removed says for themselves; empty for everything but an appeal. */
  readonly text: string;
}

/** What was done, in the order that all members agree on. */
export function actsIn({ facts, has }: Folded): readonly Act[] {
  const entries = RULING.flatMap((type) => facts.byType.get(type)?.filter(has) ?? []);
  return entries.sort(compareEntries).flatMap(actOf);
}

function actOf({ id, author, appeal, entry: { body, time } }: StoredEntry): Act | [] {
  switch (body.type) {
    case "grant":
    case "revoke":
      return { id, by: author, time, body, about: body.member, text: "" };
    case "appeal":
      return appeal === null ? [] : { id, by: author, time, body, about: appeal.request.member, text: appeal.text };
    case "lock":
    case "unlock":
    case "policy":
    case "revoke-invite":
      return { id, by: author, time, body, about: author, text: "" };
    default:
      return [];
  }
}
