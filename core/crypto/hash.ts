import { hmac } from "@noble/hashes/hmac.js";
import { hkdf as nobleHkdf } from "@noble/hashes/hkdf.js";
import { sha512 as nobleSha512 } from "@noble/hashes/sha2.js";
import { concat, utf8 } from "../base/bytes.ts";
import { sha512 } from "./sha512.ts";

/** Bytes of every hash and MAC of the protocol: SHA-512 cut to its first half. */
export const HASH_BYTES = 32;

/** Begins every label, so that no key or hash of this protocol equals one of another. */
const DOMAIN = "vigil/1 ";

/** The domains of the labels in use, which are few and all our own. */
const domains = new Map<string, Uint8Array<ArrayBuffer>>();

/** One length byte, then `vigil/1 ` and the label: no domain is the beginning of another. The caller's own array. */
export function domain(label: string): Uint8Array<ArrayBuffer> {
  const present = domains.get(label);
  if (present !== undefined) return present.slice();
  const text = utf8(DOMAIN + label);
  const made = concat(Uint8Array.of(text.length), text);
  domains.set(label, made);
  return made.slice();
}

/** The first 32 bytes of SHA-512 over the domain of `label` and `data`. */
export function hash(label: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  return sha512(concat(domain(label), data)).slice(0, HASH_BYTES);
}

/** The first 32 bytes of HMAC-SHA-512 (RFC 2104) under `key` over the domain of `label` and `data`. */
export function mac(key: Uint8Array, label: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  return hmac(nobleSha512, key, concat(domain(label), data)).slice(0, HASH_BYTES);
}

/**
 * SHA-512 of the domain of `label` and `data`, then `rounds` times SHA-512 of the last digest and `data`:
 * makes every guess of somebody who searches for two inputs with like digits as dear. Gives 64 bytes.
 */
export function slowHash(input: { label: string; data: Uint8Array; rounds: number }): Uint8Array<ArrayBuffer> {
  const data = sha512(input.data);
  let digest = sha512(concat(domain(input.label), data));
  for (let round = 0; round < input.rounds; round++) digest = sha512(concat(digest, data));
  return digest;
}

interface DeriveOptions {
  readonly key: Uint8Array;
  /** Empty (64 zero bytes to HKDF) unless given. */
  readonly salt?: Uint8Array;
  readonly label: string;
  /** What else the derived bytes are bound to; follows the domain of the label in HKDF's info. */
  readonly context?: Uint8Array;
  /** 1 to 16,320. */
  readonly length: number;
}

/** HKDF-SHA-512 (RFC 5869) with info = domain of the label, then the context. */
export function derive(options: DeriveOptions): Uint8Array<ArrayBuffer> {
  const info = concat(domain(options.label), options.context ?? new Uint8Array());
  return nobleHkdf(nobleSha512, options.key, options.salt, info, options.length).slice();
}
