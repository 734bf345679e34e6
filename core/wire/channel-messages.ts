import * as v from "valibot";
import { VigilError } from "../base/errors.ts";
import { err, ok, type Result } from "../base/result.ts";
import { decodeCbor, encodeCbor } from "./cbor.ts";

/** The most log entries in one message; more go in further messages. */
export const MAX_ENTRIES_PER_MESSAGE = 64;
/** The most bytes of log entries in one message. */
export const MAX_ENTRY_BYTES_PER_MESSAGE = 128 * 1024;
/** The largest channel message, in bytes of CBOR. */
export const MAX_CHANNEL_MESSAGE_BYTES = 200 * 1024;
/** The most heads of the log that are named in one message. */
export const MAX_HEADS = 64;
/** Addresses of one member that are told and kept. */
export const MAX_ADDRESSES = 8;

/** The largest file that can be offered, in bytes: 2 GiB. */
const MAX_OFFERED_BYTES = 2 ** 31;

const bytes = (min: number, max: number) =>
  v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length >= min && value.length <= max);
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const whole = (max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(max));

const key = bytes(32, 32);
const address = text(256);
const addresses = v.pipe(v.array(address), v.maxLength(MAX_ADDRESSES));
const heads = v.pipe(v.array(bytes(32, 32)), v.maxLength(MAX_HEADS));
/** Bit 0 microphone, bit 1 camera, bit 2 screen. */
const mediaBits = whole(7);
/** The sender's own words; the receiver cleans them before showing. */
const name = text(256);
const generation = whole(1_000_000_000);

/**
 * Every message that travels inside a pairwise channel: its number on the wire and its fields in order.
 * `join`, `waiting` and `refused` are the only ones before admission, `appeal` the only one after a removal.
 */
const SHAPES = {
  /** Newcomer to member: let me in. */
  join: { number: 1, fields: { request: bytes(1, 1024), capability: bytes(1, 1024) } },
  /** Member to newcomer: somebody must answer first. */
  waiting: { number: 2, fields: {} },
  /** Member to newcomer: no. The code is one of the contract's problem codes; the reason is free text, often empty. */
  refused: { number: 3, fields: { code: text(40), reason: text(500) } },
  /** Log entries that the other lacks, parents first. */
  entries: {
    number: 4,
    fields: { entries: v.pipe(v.array(bytes(1, 4096)), v.maxLength(MAX_ENTRIES_PER_MESSAGE)) },
  },
  /** These are my heads: send what comes after them. */
  sync: { number: 5, fields: { heads } },
  /** Where members can be reached, as far as the sender knows. */
  contacts: {
    number: 6,
    fields: { contacts: v.pipe(v.array(v.strictTuple([key, addresses])), v.maxLength(64)) },
  },
  /** First word between two members on a new channel. */
  hello: { number: 7, fields: { name, media: mediaBits, addresses, heads, generation } },
  /** A change of what `hello` said. */
  profile: { number: 8, fields: { name, media: mediaBits } },
  /** A message of the sender-key schedule. */
  key: { number: 9, fields: { message: bytes(1, 512) } },
  /** The sender will offer a media link of this generation; the receiver builds its end. */
  "open-media": { number: 10, fields: { generation } },
  /** The sender needs a new media link and is not the one who offers. */
  "want-media": { number: 11, fields: {} },
  /** SDP or candidates of one generation. */
  signal: { number: 12, fields: { generation, data: text(48 * 1024) } },
  /** `answers` is the key of the sender (32 bytes) and the id (16) of another chat message, or empty. */
  chat: {
    number: 13,
    fields: {
      id: bytes(16, 16),
      at: whole(Number.MAX_SAFE_INTEGER),
      text: text(4000),
      answers: v.union([bytes(0, 0), bytes(48, 48)]),
    },
  },
  "chat-ack": { number: 14, fields: { id: bytes(16, 16) } },
  /** Member to those who may answer: somebody waits at my door. */
  knock: { number: 15, fields: { request: bytes(1, 1024), capability: bytes(1, 1024) } },
  /** Somebody who may answer to all: this newcomer is not let in. */
  "knock-refused": { number: 16, fields: { member: key, reason: text(500) } },
  /** Somebody removed to a member: pass this on. Answered by `waiting`. */
  appeal: { number: 17, fields: { appeal: bytes(1, 2560) } },
  /** Member to member, after both have said hello: my persona's certificate, if I chose to show it in this meeting. */
  persona: { number: 18, fields: { certificate: bytes(1, 512) } },
  /** Member to member: my signed word that my name may stand in records of this meeting; empty takes it back. */
  "record-name": { number: 19, fields: { statement: bytes(0, 512) } },
  /** How the sender's hand is: 0 for down, else the number by which raised hands are put in order. */
  hand: { number: 20, fields: { ticket: whole(Number.MAX_SAFE_INTEGER) } },
  /** One of the contract's reactions, by its place in their list. */
  reaction: { number: 21, fields: { kind: whole(4) } },
  /** I have this file to give: its name in my words, its size in bytes and the SHA-256 of its content. */
  "file-offer": {
    number: 22,
    fields: { id: bytes(16, 16), name: text(255), size: whole(MAX_OFFERED_BYTES), hash: bytes(32, 32) },
  },
  /** Send me your file from this byte on, over a pipe, under keys derived from this secret. */
  "file-take": { number: 23, fields: { id: bytes(16, 16), offset: whole(MAX_OFFERED_BYTES), secret: bytes(32, 32) } },
  /** I do not offer this file of mine any more. */
  "file-withdraw": { number: 24, fields: { id: bytes(16, 16) } },
  /** I do not want this file of yours, or not any more. */
  "file-decline": { number: 25, fields: { id: bytes(16, 16) } },
} as const;

type Shapes = typeof SHAPES;
export type ChannelMessageType = keyof Shapes;
type FieldsOf<T extends ChannelMessageType> = {
  readonly [F in keyof Shapes[T]["fields"]]: Shapes[T]["fields"][F] extends v.GenericSchema
    ? v.InferOutput<Shapes[T]["fields"][F]>
    : never;
};
export type ChannelMessage = {
  readonly [T in ChannelMessageType]: { readonly type: T } & FieldsOf<T>;
}[ChannelMessageType];

interface Shape {
  readonly type: ChannelMessageType;
  readonly names: readonly string[];
  readonly schema: v.GenericSchema;
}

const types = Object.keys(SHAPES) as ChannelMessageType[];
const BY_NUMBER = new Map<number, Shape>(
  types.map((type) => {
    const { number, fields } = SHAPES[type];
    return [number, { type, names: Object.keys(fields), schema: v.strictObject(fields) }];
  }),
);

/** The CBOR array `[number, ...fields]` of a message. */
export function encodeChannelMessage(message: ChannelMessage): Uint8Array {
  const { number, fields } = SHAPES[message.type];
  const values = new Map<string, unknown>(Object.entries(message));
  return encodeCbor([number, ...Object.keys(fields).map((field) => values.get(field))]);
}

/** Reads a message; anything but exactly one known message within its limits gives `channel-message-malformed`. */
export function decodeChannelMessage(encoded: Uint8Array): Result<ChannelMessage, VigilError> {
  const decoded = decodeCbor(encoded, { maxBytes: MAX_CHANNEL_MESSAGE_BYTES });
  if (!decoded.ok) return err(malformed());
  const items: unknown = decoded.value;
  if (!Array.isArray(items)) return err(malformed());
  const [number, ...values] = items as readonly unknown[];
  const shape = typeof number === "number" ? BY_NUMBER.get(number) : undefined;
  if (shape === undefined || values.length !== shape.names.length) return err(malformed());
  const named = Object.fromEntries(shape.names.map((name, index) => [name, values[index]]));
  const checked = v.safeParse(shape.schema, named, { abortEarly: true });
  if (!checked.success) return err(malformed());
  return ok({ type: shape.type, ...(checked.output as object) } as ChannelMessage);
}

function malformed(): VigilError {
  return new VigilError("channel-message-malformed", "peer");
}
