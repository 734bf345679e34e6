import { sha512 } from "./sha512.ts";
import { concat } from "../base/bytes.ts";

/** Signatures remembered; the oldest goes. A meeting of 30 needs about 100. */
export const MAX_REMEMBERED = 2048;
const DIGEST_BYTES = 32;

/**
 * Remembers which signatures hold, so that one that comes again in another entry or message is not computed again:
 * a check costs milliseconds, and everybody who joins checks the same few over and over. What does not hold is never remembered.
 */
export class VerifiedSignatures {
  readonly #digests = new Set<string>();

  has(digest: string): boolean {
    return this.#digests.has(digest);
  }

  add(digest: string): void {
    this.#digests.add(digest);
    const [oldest] = this.#digests;
    if (this.#digests.size > MAX_REMEMBERED && oldest !== undefined) this.#digests.delete(oldest);
  }
}

/** Names one signature by one key over one message, in a character for each byte; key and signature have fixed lengths, so no two spell the same. */
export function digestOf(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): string {
  return String.fromCharCode(...sha512(concat(publicKey, signature, message)).subarray(0, DIGEST_BYTES));
}
