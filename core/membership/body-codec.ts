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
  INVITING_WAYS,
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
  /** How many of them may be missing. */
  readonly optional?: number;
  write(body: BodyOf<T>): readonly Cbor[];
  /** Null when a field is not what it must be. */
  read(fields: readonly Cbor[]): BodyOf<T> | null;
}

const CODECS: { readonly [T in EntryType]: BodyCodec<T> } = {
  create: {
    number: 1,
    length: 4,
    optional: 1,
    write: ({ policy, fingerprint }) => [...waysOf(policy), fingerprintBytes(fingerprint), ...invitingOf(policy)],
    read: ([admissionItem, removalItem, fingerprintItem, invitingItem]) => {
      const policy = readPolicy(admissionItem, removalItem, invitingItem);
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
    length: 3,
    optional: 1,
    write: ({ policy }) => [...waysOf(policy), ...invitingOf(policy)],
    read: ([admissionItem, removalItem, invitingItem]) => {
      const policy = readPolicy(admissionItem, removalItem, invitingItem);
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

type BodyReader = Pick<BodyCodec<EntryType>, "length" | "optional"> & {
  read(fields: readonly Cbor[]): EntryBody | null;
};
const BY_NUMBER = new Map<number, BodyReader>(Object.values(CODECS).map((codec) => [codec.number, codec]));

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
  if (codec === undefined || fields.length > codec.length) return null;
  return fields.length < codec.length - (codec.optional ?? 0) ? null : codec.read(fields);
}

function waysOf({ admission, removal }: Policy): readonly Cbor[] {
  return [ADMISSIONS.indexOf(admission), REMOVAL_WAYS.indexOf(removal)];
}

function invitingOf({ inviting }: Policy): readonly Cbor[] {
  return inviting === undefined ? [] : [INVITING_WAYS.indexOf(inviting)];
}

/** The last item is undefined in policies that do not say whose invites count. */
function readPolicy(
  admissionItem: Cbor | undefined,
  removalItem: Cbor | undefined,
  invitingItem: Cbor | undefined,
): Policy | null {
  const admission = ADMISSIONS[readCount(admissionItem) ?? ADMISSIONS.length];
  const removal = REMOVAL_WAYS[readCount(removalItem) ?? REMOVAL_WAYS.length];
  const inviting = INVITING_WAYS[readCount(invitingItem) ?? INVITING_WAYS.length];
  if (admission === undefined || removal === undefined) return null;
  if (invitingItem === undefined) return { admission, removal };
  return inviting === undefined ? null : { admission, removal, inviting };
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
