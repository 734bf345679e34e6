import { toHex } from "../base/bytes.ts";
import type { MemberId } from "../contract/parts.ts";
import { holds } from "../membership/log.ts";
import { ASK_AGAIN_MS, MAX_SOUGHT } from "./limits.ts";
import { askForMissing } from "./send-entries.ts";
import type { Contact, Seeking } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

/** Nothing is looked for yet. */
export function newSeeking(): Seeking {
  return { heads: new Map(), tellers: new Set(), at: null };
}

/** A member on a link has heads that are not held here: it is asked, unless another was a moment ago. */
export function seek(turn: SessionTurn, contact: Contact, theirHeads: readonly Uint8Array[]): void {
  const { seeking } = turn.session;
  const unknown = note(turn, theirHeads);
  const wasAsked = (name: string): boolean => {
    const askedAt = seeking.heads.get(name)?.askedAt ?? null;
    return askedAt !== null && turn.elapsed - askedAt < ASK_AGAIN_MS;
  };
  if (!unknown.every(wasAsked)) return ask(turn, contact, unknown);
  remember(turn, contact.member);
}

/** A member's heads came another way. What they stand for is most likely on its way, so the member is asked only if it does not come. */
export function seekLater(turn: SessionTurn, contact: Contact, theirHeads: readonly Uint8Array[]): void {
  note(turn, theirHeads);
  remember(turn, contact.member);
}

/** Asks the next of those who told, if what they told of has not come meanwhile. */
export function seekDue(turn: SessionTurn): void {
  const { seeking, log, contacts } = turn.session;
  if (seeking.at === null || seeking.at > turn.elapsed) return;
  seeking.at = null;
  for (const [name, { head }] of seeking.heads) if (holds(log, [head])) seeking.heads.delete(name);
  if (seeking.heads.size === 0) return seeking.tellers.clear();
  for (const member of seeking.tellers) {
    seeking.tellers.delete(member);
    const contact = contacts.get(member);
    if (contact === undefined || contact.link === null) continue;
    ask(turn, contact, [...seeking.heads.keys()]);
    break;
  }
  if (seeking.tellers.size > 0) seeking.at = turn.elapsed + ASK_AGAIN_MS;
}

/** When the next is asked, in elapsed ms; empty if nobody is to be. */
export function seekTimes({ seeking }: { readonly seeking: Seeking }): number[] {
  return seeking.at === null ? [] : [seeking.at];
}

/** Keeps the names of those heads that are not held; of more than `MAX_SOUGHT` the oldest go, since anybody can make them up. */
function note({ session }: SessionTurn, theirHeads: readonly Uint8Array[]): string[] {
  const { heads } = session.seeking;
  const unknown = theirHeads.filter((head) => !holds(session.log, [head]));
  for (const head of unknown) {
    const name = toHex(head);
    if (!heads.has(name)) heads.set(name, { head, askedAt: null });
    const [oldest] = heads.keys();
    if (heads.size > MAX_SOUGHT && oldest !== undefined) heads.delete(oldest);
  }
  return unknown.map(toHex);
}

function ask(turn: SessionTurn, contact: Contact, names: readonly string[]): void {
  const { heads } = turn.session.seeking;
  const link = contact.link === null ? undefined : turn.session.links.get(contact.link);
  if (link === undefined) return;
  for (const name of names) {
    const sought = heads.get(name);
    if (sought !== undefined) heads.set(name, { ...sought, askedAt: turn.elapsed });
  }
  askForMissing(turn, link);
}

function remember({ session, elapsed }: SessionTurn, member: MemberId): void {
  session.seeking.tellers.add(member);
  session.seeking.at ??= elapsed + ASK_AGAIN_MS;
}
