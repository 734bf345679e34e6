import { concat, fromHex, toHex } from "../base/bytes.ts";
import { type MemberId, memberKeyOf } from "../base/member-id.ts";
import { slowHash } from "../crypto/hash.ts";
import { encodeCbor } from "../wire/cbor.ts";
import { heads } from "./log.ts";
import type { Log } from "./log-store.ts";
import { rosterOf } from "./roster.ts";

/**
 * Rounds of SHA-512. Somebody between two halves of a meeting could shape entries on both sides and look for two that give one code:
 * among 10^30 codes that is a search of about 2^50. The rounds make it 2^61, within the minutes in which keys are fresh.
 */
const ROUNDS = 2048;
const GROUPS = 6;
const GROUP_BYTES = 5;
const GROUP_DIGITS = 5;

const cache = new WeakMap<Log, string>();

/** 30 digits over meeting id, heads, and every member's key and certificate: equal for all who hold the same log, other when anything of it changes. */
export function meetingCode(log: Log): string {
  const code = cache.get(log) ?? computeMeetingCode(log);
  cache.set(log, code);
  return code;
}

function computeMeetingCode(log: Log): string {
  const members = rosterOf(log)
    .members.map(({ key, fingerprint }) => ({ key, fingerprint: fromHex(fingerprint) ?? new Uint8Array() }))
    .sort((a, b) => compareBytes(a.key, b.key))
    .map(({ key, fingerprint }) => [key, fingerprint]);
  return digits("meeting code", encodeCbor([log.meetingId, heads(log), members]));
}

/** 30 digits over two members' keys: the same for both, whoever asks. */
export function safetyNumber(one: MemberId, other: MemberId): string {
  const keys = [memberKeyOf(one), memberKeyOf(other)].sort(compareBytes);
  return digits("safety number", concat(...keys));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return toHex(a) < toHex(b) ? -1 : 1;
}

/** Six times five digits, each from five bytes of the hash, big-endian, modulo 100,000 (as Signal's numeric fingerprints). */
function digits(label: string, data: Uint8Array): string {
  const digest = slowHash({ label, data, rounds: ROUNDS });
  let text = "";
  for (let group = 0; group < GROUPS; group++) {
    let value = 0;
    for (const byte of digest.subarray(group * GROUP_BYTES, (group + 1) * GROUP_BYTES)) value = value * 256 + byte;
    text += (value % 10 ** GROUP_DIGITS).toString().padStart(GROUP_DIGITS, "0");
  }
  return text;
}
