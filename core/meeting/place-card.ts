import * as v from "valibot";
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../base/bytes.ts";
import { localActs } from "../contract/local-acts.ts";
import { MAX_INVITE_LABEL_CHARACTERS, MAX_NAME_CHARACTERS, MAX_PARTICIPANTS } from "../contract/limits.ts";
import { count, digits, MAX_GENERATION, mediaState, memberId, text, timestamp } from "../contract/parts.ts";
import { MAX_EPOCH } from "../keys/key-message.ts";
import { lastEpoch } from "../keys/sender-keys.ts";
import type { PeerId } from "../ports/mesh.ts";
import { MAX_PLACE_CARD_BYTES } from "../ports/place.ts";
import { MAX_ADDRESSES } from "../wire/channel-messages.ts";
import { MAX_MADE } from "./limits.ts";
import type { Contact, Session } from "./state.ts";

const MAX_STATEMENT_BYTES = 1024;

/**
 * How far beyond those in use epochs and link numbers count as used: a card is a second old at most, and no client comes near this
 * many in one.
 */
const EPOCHS_AHEAD = 1_000;
const GENERATIONS_AHEAD = 1_000;

const bytes = v.pipe(
  text(2 * MAX_STATEMENT_BYTES),
  v.transform(fromBase64Url),
  v.instance(Uint8Array<ArrayBuffer>),
  v.maxLength(MAX_STATEMENT_BYTES),
);
const peerId = v.pipe(
  text(128),
  v.transform((peer) => peer as PeerId),
);
const names = v.pipe(v.array(v.tuple([memberId, text(MAX_NAME_CHARACTERS)])), v.maxLength(MAX_PARTICIPANTS));
const upTo = (most: number) => v.pipe(count, v.maxValue(most));

/** Everything of a place that is neither a key nor the log. */
const placeCard = v.strictObject({
  role: v.picklist(["starter", "guest"]),
  root: v.pipe(bytes, v.length(32)),
  capability: v.nullable(bytes),
  name: text(MAX_NAME_CHARACTERS),
  media: mediaState,
  hand: count,
  startedAt: timestamp,
  comparedCode: v.nullable(digits),
  recordName: v.nullable(bytes),
  epochsBefore: upTo(MAX_EPOCH - 1),
  acts: localActs,
  made: v.pipe(
    v.array(v.strictObject({ id: text(32), label: text(MAX_INVITE_LABEL_CHARACTERS), expiresAt: count, uses: count })),
    v.maxLength(MAX_MADE),
  ),
  foundHere: v.pipe(v.array(memberId), v.maxLength(MAX_PARTICIPANTS)),
  names,
  verified: names,
  contacts: v.pipe(
    v.array(
      v.strictObject({
        member: memberId,
        peer: v.nullable(peerId),
        provenPeer: v.nullable(peerId),
        addresses: v.pipe(v.array(text(256)), v.maxLength(MAX_ADDRESSES)),
        generationsBefore: upTo(MAX_GENERATION),
      }),
    ),
    v.maxLength(MAX_PARTICIPANTS),
  ),
});
export type PlaceCard = v.InferOutput<typeof placeCard>;

/** A session's card as JSON in UTF-8. It holds no key; names and addresses are private nonetheless. */
export function encodeCard(session: Session): Uint8Array<ArrayBuffer> {
  const { role, name, media, hand, startedAt, comparedCode, acts, made, senderKeys, contacts } = session;
  const used = senderKeys === null ? session.epochsBefore : lastEpoch(senderKeys) + EPOCHS_AHEAD;
  const card: v.InferInput<typeof placeCard> = {
    role,
    root: toBase64Url(session.root),
    capability: orNull(session.capability),
    name,
    // A screen is shared again only by the person's own hand.
    media: { ...media, screen: false },
    hand,
    startedAt,
    comparedCode,
    recordName: orNull(session.recordName),
    epochsBefore: Math.min(used, MAX_EPOCH - 1),
    acts,
    made,
    foundHere: [...session.foundHere].slice(-MAX_PARTICIPANTS),
    names: [...session.names].slice(-MAX_PARTICIPANTS),
    verified: [...session.verified].slice(-MAX_PARTICIPANTS),
    contacts: [...contacts.values()].map((contact) => ({
      member: contact.member,
      peer: contact.peer,
      provenPeer: contact.provenPeer,
      addresses: contact.addresses.slice(0, MAX_ADDRESSES),
      generationsBefore: linksBefore(contact),
    })),
  };
  return utf8(JSON.stringify(card));
}

function linksBefore({ generation, generationsBefore }: Contact): number {
  return Math.min(Math.max(generation, generationsBefore) + GENERATIONS_AHEAD, MAX_GENERATION);
}

function orNull(held: Uint8Array | null): string | null {
  return held === null ? null : toBase64Url(held);
}

/** What `encodeCard` made; null for anything else. */
export function decodeCard(held: Uint8Array): PlaceCard | null {
  if (held.length > MAX_PLACE_CARD_BYTES) return null;
  const checked = v.safeParse(v.pipe(v.string(), v.parseJson(), placeCard), fromUtf8(held));
  return checked.success ? checked.output : null;
}
