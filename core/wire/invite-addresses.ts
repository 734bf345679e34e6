import { concat, fromUtf8, utf8 } from "../base/bytes.ts";
import type { ByteReader } from "./byte-reader.ts";

export const MAX_INVITE_ADDRESSES = 8;
export const MAX_INVITE_ADDRESS_BYTES = 200;

/**
 * One address: how many of its last bytes equal those of the address before, how many bytes differ, these bytes.
 * Addresses of one node share their long `/p2p/…` tail, so eight of them fit into a link.
 */
export function encodeAddress(address: string, previous: string): Uint8Array {
  const own = utf8(address);
  const other = utf8(previous);
  let shared = 0;
  while (shared < own.length && shared < other.length && own.at(-1 - shared) === other.at(-1 - shared)) shared++;
  const head = own.subarray(0, own.length - shared);
  return concat(Uint8Array.of(shared, head.length), head);
}

/** Reads `count` addresses; null when one is malformed, empty or too long. */
export function readAddresses(reader: ByteReader, count: number): string[] | null {
  const addresses: string[] = [];
  let previous: Uint8Array = new Uint8Array();
  for (let index = 0; index < count; index++) {
    const shared = reader.uint8();
    const head = reader.bytes(reader.uint8() ?? 0);
    if (shared === null || head === null || shared > previous.length) return null;
    previous = concat(head, previous.subarray(previous.length - shared));
    const address = previous.length <= MAX_INVITE_ADDRESS_BYTES ? fromUtf8(previous) : null;
    if (address === null || address === "") return null;
    addresses.push(address);
  }
  return addresses;
}
