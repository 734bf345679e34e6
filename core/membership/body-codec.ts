import { toHex } from "../base/bytes.ts";
import { type MemberId, memberIdOf, memberKeyOf } from "../base/member-id.ts";
import type { Cbor } from "../wire/cbor.ts";
import { readArray, readBytes, readBytesUpTo, readCount, readText } from "../wire/fields.ts";
import {
  ADMISSIONS,
  type BodyOf,
  type EntryBody,
  type EntryType,
  FINGERPRINT_BYTES,
  fingerprintBytes,
  MAX_CAPABILITY_BYTES,
  MAX_INDEX,
  MAX_REASON_CHARACTERS,
  MAX_REQUEST_BYTES,
  type Policy,
} from "./body.ts";

const KEY_BYTES = 32;

interface BodyCodec<T extends EntryType> {
  /** First item of the body on the wire. */
  readonly number: number;
  /** How many fields follow. */
  readonly length: number;
  write(body: BodyOf<T>): readonly Cbor[];
  /** Null when a field is not what it must be. */
  read(fields: readonly Cbor[]): BodyOf<T> | null;
}

const CODECS: { readonly [T in EntryType]: BodyCodec<T> } = {
  create: {
    number: 1,
    length: 2,
    write: (body) => [policyNumber(body.policy), fingerprintBytes(body.fingerprint)],
    read: ([policyItem, fingerprintItem]) => {
      const policy = readPolicy(policyItem);
      const fingerprint = readFingerprint(fingerprintItem);
      return policy === null || fingerprint === null ? null : { type: "create", policy, fingerprint };
    },
  },
  admit: {
    number: 2,
    length: 3,
    write: (body) => [body.request, body.index, body.capability],
    read: ([requestItem, indexItem, capabilityItem]) => {
      const request = readBytesUpTo(requestItem, MAX_REQUEST_BYTES);
      const index = readCount(indexItem, MAX_INDEX);
      const capability = readBytesUpTo(capabilityItem, MAX_CAPABILITY_BYTES);
      if (request === null || index === null || capability === null) return null;
      return { type: "admit", request, index, capability };
    },
  },
  leave: { number: 3, length: 0, write: () => [], read: () => ({ type: "leave" }) },
  remove: {
    number: 4,
    length: 2,
    write: (body) => [memberKeyOf(body.member), body.reason],
    read: ([memberItem, reasonItem]) => {
      const member = readMember(memberItem);
      const reason = readText(reasonItem, MAX_REASON_CHARACTERS);
      return member === null || reason === null ? null : { type: "remove", member, reason };
    },
  },
  device: {
    number: 5,
    length: 1,
    write: (body) => [fingerprintBytes(body.fingerprint)],
    read: ([item]) => {
      const fingerprint = readFingerprint(item);
      return fingerprint === null ? null : { type: "device", fingerprint };
    },
  },
  grant: {
    number: 6,
    length: 1,
    write: (body) => [memberKeyOf(body.member)],
    read: ([item]) => {
      const member = readMember(item);
      return member === null ? null : { type: "grant", member };
    },
  },
  revoke: {
    number: 7,
    length: 1,
    write: (body) => [memberKeyOf(body.member)],
    read: ([item]) => {
      const member = readMember(item);
      return member === null ? null : { type: "revoke", member };
    },
  },
  lock: { number: 8, length: 0, write: () => [], read: () => ({ type: "lock" }) },
  unlock: { number: 9, length: 0, write: () => [], read: () => ({ type: "unlock" }) },
  policy: {
    number: 10,
    length: 1,
    write: (body) => [policyNumber(body.policy)],
    read: ([item]) => {
      const policy = readPolicy(item);
      return policy === null ? null : { type: "policy", policy };
    },
  },
};

const BY_NUMBER = new Map<number, { length: number; read: (fields: readonly Cbor[]) => EntryBody | null }>(
  Object.values(CODECS).map((codec) => [codec.number, codec]),
);

/** The array `[number, ...fields]`. */
export function bodyToCbor(body: EntryBody): readonly Cbor[] {
  return [CODECS[body.type].number, ...fieldsOf(body)];
}

function fieldsOf<T extends EntryType>(body: BodyOf<T>): readonly Cbor[] {
  const codec: BodyCodec<T> = CODECS[body.type];
  return codec.write(body);
}

/** The body, or null when it is of no known type or a field is out of its limits. */
export function bodyFromCbor(value: Cbor | undefined): EntryBody | null {
  const [number, ...fields] = readArray(value, { min: 1, max: 4 }) ?? [];
  const codec = typeof number === "number" ? BY_NUMBER.get(number) : undefined;
  return codec === undefined || fields.length !== codec.length ? null : codec.read(fields);
}

function policyNumber(policy: Policy): number {
  return ADMISSIONS.indexOf(policy.admission);
}

function readPolicy(item: Cbor | undefined): Policy | null {
  const admission = ADMISSIONS[readCount(item) ?? ADMISSIONS.length];
  return admission === undefined ? null : { admission };
}

function readFingerprint(item: Cbor | undefined): string | null {
  const bytes = readBytes(item, FINGERPRINT_BYTES);
  return bytes === null ? null : toHex(bytes);
}

function readMember(item: Cbor | undefined): MemberId | null {
  const bytes = readBytes(item, KEY_BYTES);
  return bytes === null ? null : memberIdOf(bytes);
}
