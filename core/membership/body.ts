import { fromHex, toHex } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { type MemberId, memberIdOf, memberKeyOf } from "../base/member-id.ts";
import type { Cbor } from "../wire/cbor.ts";
import { readArray, readBytes, readBytesUpTo, readCount, readText } from "../wire/fields.ts";

/** How somebody gets in; the same words as in the contract. */
export const ADMISSIONS = ["invite", "knock-any", "knock-moderator"] as const;
export type Admission = (typeof ADMISSIONS)[number];

export interface Policy {
  readonly admission: Admission;
}

export const FINGERPRINT_BYTES = 32;
export const MAX_REASON_CHARACTERS = 500;
export const MAX_INDEX = 0xffff;
export const MAX_REQUEST_BYTES = 256;
export const MAX_CAPABILITY_BYTES = 640;
const KEY_BYTES = 32;

/** What an entry says. Fingerprints are SHA-256 of the DTLS certificate in lower-case hex. */
export type EntryBody =
  /** The root: only the starter's, without parents. */
  | { readonly type: "create"; readonly policy: Policy; readonly fingerprint: string }
  /** `request` and `capability` as their own modules encode them. */
  | { readonly type: "admit"; readonly request: Uint8Array; readonly index: number; readonly capability: Uint8Array }
  | { readonly type: "leave" }
  | { readonly type: "remove"; readonly member: MemberId; readonly reason: string }
  /** The author has a new DTLS certificate. */
  | { readonly type: "device"; readonly fingerprint: string };
export type EntryType = EntryBody["type"];

interface BodyCodec<T extends EntryType> {
  /** First item of the body on the wire. */
  readonly number: number;
  fields(body: Extract<EntryBody, { type: T }>): readonly Cbor[];
  read(fields: readonly Cbor[]): Extract<EntryBody, { type: T }> | null;
}

const CODECS: { readonly [T in EntryType]: BodyCodec<T> } = {
  create: {
    number: 1,
    fields: (body) => [ADMISSIONS.indexOf(body.policy.admission), fingerprintBytes(body.fingerprint)],
    read: (fields) => {
      const admission = ADMISSIONS[readCount(fields[0]) ?? ADMISSIONS.length];
      const fingerprint = readBytes(fields[1], FINGERPRINT_BYTES);
      if (fields.length !== 2 || admission === undefined || fingerprint === null) return null;
      return { type: "create", policy: { admission }, fingerprint: toHex(fingerprint) };
    },
  },
  admit: {
    number: 2,
    fields: (body) => [body.request, body.index, body.capability],
    read: (fields) => {
      const request = readBytesUpTo(fields[0], MAX_REQUEST_BYTES);
      const index = readCount(fields[1], MAX_INDEX);
      const capability = readBytesUpTo(fields[2], MAX_CAPABILITY_BYTES);
      if (fields.length !== 3 || request === null || index === null || capability === null) return null;
      return { type: "admit", request, index, capability };
    },
  },
  leave: {
    number: 3,
    fields: () => [],
    read: (fields) => (fields.length === 0 ? { type: "leave" } : null),
  },
  remove: {
    number: 4,
    fields: (body) => [memberKeyOf(body.member), body.reason],
    read: (fields) => {
      const member = readBytes(fields[0], KEY_BYTES);
      const reason = readText(fields[1], MAX_REASON_CHARACTERS);
      if (fields.length !== 2 || member === null || reason === null) return null;
      return { type: "remove", member: memberIdOf(member), reason };
    },
  },
  device: {
    number: 5,
    fields: (body) => [fingerprintBytes(body.fingerprint)],
    read: (fields) => {
      const fingerprint = readBytes(fields[0], FINGERPRINT_BYTES);
      return fields.length === 1 && fingerprint !== null ? { type: "device", fingerprint: toHex(fingerprint) } : null;
    },
  },
};

const READERS = new Map<number, (fields: readonly Cbor[]) => EntryBody | null>(
  Object.values(CODECS).map((codec) => [codec.number, (fields) => codec.read(fields)]),
);

/** The array `[number, ...fields]`. */
export function bodyToCbor(body: EntryBody): readonly Cbor[] {
  return [CODECS[body.type].number, ...fieldsOf(body)];
}

function fieldsOf<T extends EntryType>(body: Extract<EntryBody, { type: T }>): readonly Cbor[] {
  const codec: BodyCodec<T> = CODECS[body.type as T];
  return codec.fields(body);
}

/** The body, or null when it is of no known type or a field is out of its limits. */
export function bodyFromCbor(value: Cbor | undefined): EntryBody | null {
  const [number, ...fields] = readArray(value, { min: 1, max: 8 }) ?? [];
  const read = typeof number === "number" ? READERS.get(number) : undefined;
  return read?.(fields) ?? null;
}

/** The 32 bytes of a fingerprint. Throws `fingerprint-malformed` for anything but 64 hex characters. */
export function fingerprintBytes(fingerprint: string): Uint8Array {
  const bytes = fromHex(fingerprint);
  if (bytes?.length !== FINGERPRINT_BYTES) throw new VigilError("fingerprint-malformed", "defect");
  return bytes;
}
