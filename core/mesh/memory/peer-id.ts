import { concat } from "../../base/bytes.ts";
import type { PeerId } from "../../ports/mesh.ts";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/** An identity multihash of a protobuf-coded Ed25519 public key: what an Ed25519 peer id is (libp2p specs, peer-ids). */
const ED25519_PREFIX = Uint8Array.of(0x00, 0x24, 0x08, 0x01, 0x12, 0x20);

/** A peer id of the usual form for any 32 bytes. */
export function peerIdOf(key: Uint8Array): PeerId {
  return base58(concat(ED25519_PREFIX, key)) as PeerId;
}

function base58(bytes: Uint8Array): string {
  const digits: number[] = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let index = 0; index < digits.length; index++) {
      carry += (digits[index] ?? 0) * 256;
      digits[index] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  const leadingZeros = bytes.findIndex((byte) => byte !== 0);
  const text = digits.reverse().map((digit) => ALPHABET.charAt(digit));
  return "1".repeat(Math.max(0, leadingZeros)) + text.join("");
}
