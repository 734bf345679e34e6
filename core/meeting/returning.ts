import { SigningKey } from "../crypto/signing.ts";
import { merge } from "../membership/log.ts";
import type { KeptPlace } from "../ports/place.ts";
import { redial } from "./contacts.ts";
import { decodeCard, type PlaceCard } from "./place-card.ts";
import { keysFromPlace } from "./place-keys.ts";
import { isMember } from "./roster.ts";
import { becomeMember } from "./roster-change.ts";
import { newSession, startMesh } from "./session.ts";
import type { Session } from "./state.ts";
import type { SessionTurn, Turn } from "./turn.ts";
import { beginReturning } from "./withheld.ts";

/**
 * A new host takes the place of one that died in a meeting: the same member, by the log that it had, with fresh sending keys. Nobody
 * is asked to let it in. A place that does not fit together changes nothing.
 */
export function returnTo(turn: Turn, place: KeptPlace): void {
  const card = decodeCard(place.card);
  if (card === null || turn.state.session !== null) return;
  const session = sessionOf(turn, place, card);
  if (session === null) return;
  turn.state.session = session;
  const inside = { ...turn, session };
  becomeMember(inside);
  recall(session, card);
  beginReturning(inside);
  startMesh(turn, session);
}

function sessionOf(turn: Turn, place: KeptPlace, card: PlaceCard): Session | null {
  const keys = keysFromPlace(place.keys);
  if (keys === null) return null;
  const signingKey = SigningKey.fromSeed(keys.seed);
  keys.seed.wipe();
  const { role, name, root, capability, epochsBefore } = card;
  const founding = { role, name, root, epochsBefore, signingKey, secret: keys.secret, peerKey: keys.peerKey };
  const session = newSession(turn, capability === null ? founding : { ...founding, capability });
  session.log = merge(session.log, place.entries).log;
  if (isMember(session, session.self)) return session;
  for (const secret of [session.secret, session.signingKey, session.peerKey]) secret.wipe();
  return null;
}

/** What this person knew and had chosen. */
function recall(session: Session, card: PlaceCard): void {
  session.media = card.media;
  session.hand = card.hand;
  session.startedAt = card.startedAt;
  session.comparedCode = card.comparedCode;
  session.recordName = card.recordName;
  session.acts = card.acts;
  session.made = card.made;
  session.foundHere.clear();
  for (const member of card.foundHere) session.foundHere.add(member);
  for (const [member, known] of card.names) session.names.set(member, known);
  for (const [member, known] of card.verified) session.verified.set(member, known);
  for (const { member, peer, provenPeer, addresses, generationsBefore } of card.contacts) {
    const contact = session.contacts.get(member);
    if (contact === undefined) continue;
    contact.peer = peer;
    contact.provenPeer = provenPeer;
    contact.addresses = addresses;
    contact.generationsBefore = generationsBefore;
  }
}

/** The node is there: all whose place is known are looked for at once. */
export function lookForMembers(turn: SessionTurn): void {
  for (const contact of turn.session.contacts.values()) contact.redialAt = turn.elapsed;
  redial(turn);
}
