import { fromHex, toHex } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { type MemberId, memberIdOf, memberKeyOf } from "../base/member-id.ts";
import type { Cbor } from "../wire/cbor.ts";
import { readArray, readBytes, readBytesUpTo, readCount, readText } from "../wire/fields.ts";
import {
  ADMISSIONS,
  type BodyOf,
  CAPABILITY_ID_BYTES,
  type EntryBody,
  type EntryType,
  FINGERPRINT_BYTES,
  fingerprintBytes,
  MAX_APPEAL_BYTES,
  MAX_CAPABILITY_BYTES,
  MAX_INDEX,
  MAX_REASON_CHARACTERS,
  MAX_REQUEST_BYTES,
  type Motion,
  MOTIONS,
  type Policy,
  REMOVAL_WAYS,
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
    length: 3,
    write: (body) => [...policyNumbers(body.policy), fingerprintBytes(body.fingerprint)],
    read: ([admissionItem, removalItem, fingerprintItem]) => {
      const policy = readPolicy(admissionItem, removalItem);
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
    length: 2,
    write: (body) => policyNumbers(body.policy),
    read: ([admissionItem, removalItem]) => {
      const policy = readPolicy(admissionItem, removalItem);
      return policy === null ? null : { type: "policy", policy };
    },
  },
  vote: {
    number: 11,
    length: 5,
    write: ({ motion, member, approve, reason, unheard = false }) => [
      MOTIONS.indexOf(motion),
      memberKeyOf(member),
      approve,
      reason,
      unheard,
    ],
    read: ([motionItem, memberItem, approve, reasonItem, unheard]) => {
      const motion = readMotion(motionItem);
      const member = readMember(memberItem);
      const reason = readText(reasonItem, MAX_REASON_CHARACTERS);
      if (motion === null || member === null || reason === null) return null;
      if (typeof approve !== "boolean" || typeof unheard !== "boolean") return null;
      return { type: "vote", motion, member, approve, reason, unheard };
    },
  },
  appeal: {
    number: 12,
    length: 1,
    write: (body) => [body.appeal],
    read: ([item]) => {
      const appeal = readBytesUpTo(item, MAX_APPEAL_BYTES);
      return appeal === null ? null : { type: "appeal", appeal };
    },
  },
  "revoke-invite": {
    number: 13,
    length: 2,
    write: (body) => [capabilityIdBytes(body.id), memberKeyOf(body.issuer)],
    read: ([idItem, issuerItem]) => {
      const id = readBytes(idItem, CAPABILITY_ID_BYTES);
      const issuer = readMember(issuerItem);
      return id === null || issuer === null ? null : { type: "revoke-invite", id: toHex(id), issuer };
    },
  },
  expel: {
    number: 14,
    length: 3,
    write: ({ member, reason, unheard = false }) => [memberKeyOf(member), reason, unheard],
    read: ([memberItem, reasonItem, unheard]) => {
      const member = readMember(memberItem);
      const reason = readText(reasonItem, MAX_REASON_CHARACTERS);
      if (member === null || reason === null || typeof unheard !== "boolean") return null;
      return { type: "expel", member, reason, unheard };
    },
  },
  readmit: {
    number: 15,
    length: 2,
    write: (body) => [memberKeyOf(body.member), body.index],
    read: ([memberItem, indexItem]) => {
      const member = readMember(memberItem);
      const index = readCount(indexItem, MAX_INDEX);
      return member === null || index === null ? null : { type: "readmit", member, index };
    },
  },
  present: { number: 16, length: 0, write: () => [], read: () => ({ type: "present" }) },
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
  const [number, ...fields] = readArray(value, { min: 1, max: 6 }) ?? [];
  const codec = typeof number === "number" ? BY_NUMBER.get(number) : undefined;
  return codec === undefined || fields.length !== codec.length ? null : codec.read(fields);
}

function policyNumbers(policy: Policy): readonly Cbor[] {
  return [ADMISSIONS.indexOf(policy.admission), REMOVAL_WAYS.indexOf(policy.removal)];
}

function readPolicy(admissionItem: Cbor | undefined, removalItem: Cbor | undefined): Policy | null {
  const admission = ADMISSIONS[readCount(admissionItem) ?? ADMISSIONS.length];
  const removal = REMOVAL_WAYS[readCount(removalItem) ?? REMOVAL_WAYS.length];
  return admission === undefined || removal === undefined ? null : { admission, removal };
}

function readMotion(item: Cbor | undefined): Motion | null {
  return MOTIONS[readCount(item) ?? MOTIONS.length] ?? null;
}

function capabilityIdBytes(id: string): Uint8Array {
  const bytes = fromHex(id);
  if (bytes?.length !== CAPABILITY_ID_BYTES) throw new VigilError("capability-unusable", "defect");
  return bytes;
}

function readFingerprint(item: Cbor | undefined): string | null {
  const bytes = readBytes(item, FINGERPRINT_BYTES);
  return bytes === null ? null : toHex(bytes);
}

function readMember(item: Cbor | undefined): MemberId | null {
  const bytes = readBytes(item, KEY_BYTES);
  return bytes === null ? null : memberIdOf(bytes);
}
