import type { PictureKind } from "../../../core/contract/passing.ts";
import { toHex } from "../../../core/base/bytes.ts";
import { frameDigest, type FrameVerifier } from "../../../core/crypto/frame-signing.ts";
import { MAX_ATTESTED, readAttestation } from "../../../core/sframe/attestation.ts";

/** A picture for which its sender has not signed after so long, in ms, is not the sender's. */
const UNATTESTED_MS = 1_200;
/**
 * A pause between two pictures counts for so long at most, in ms: nothing can be signed for in a pause, and whoever sends
 * seldom gains little by it.
 */
const LONGEST_PAUSE_MS = 500;
/** Pictures that may wait for their sender's signature. */
const MOST_WAITING = MAX_ATTESTED;
/** Digests remembered of pictures that were signed for before they came. */
const MOST_KNOWN = 2 * MAX_ATTESTED;

/**
 * Whether what comes by others is what its sender made. A picture is shown when it comes, since waiting for the signature would
 * delay all of them; one that nobody signs for, or an attestation that is not the sender's, ends the path.
 */
export class PathCheck {
  readonly #kind: PictureKind;
  readonly #elapsed: () => number;
  /** When each came, in the time of this path. */
  readonly #waiting = new Map<string, number>();
  readonly #known = new Set<string>();
  /** Milliseconds in which pictures came, and when the latest did. */
  #time = 0;
  #cameAt: number | null = null;
  #forged = false;

  constructor(kind: PictureKind, elapsed: () => number) {
    this.#kind = kind;
    this.#elapsed = elapsed;
  }

  /** Whether something came that its sender did not make. Stays so. */
  get isForged(): boolean {
    return this.#forged;
  }

  /** A picture has come, with the attestation that was in it (empty for none). Gives whether all is well. Never rejects. */
  async take(sealed: Uint8Array<ArrayBuffer>, attestation: Uint8Array, verify: FrameVerifier): Promise<boolean> {
    const digest = toHex(await frameDigest(sealed));
    this.#pass();
    if (!this.#known.delete(digest)) this.#waiting.set(digest, this.#time);
    if (attestation.length > 0) await this.#hear(attestation, verify);
    const overdue = [...this.#waiting.values()].some((at) => this.#time - at > UNATTESTED_MS);
    if (overdue || this.#waiting.size > MOST_WAITING) this.#forged = true;
    return !this.#forged;
  }

  #pass(): void {
    const now = this.#elapsed();
    if (this.#cameAt !== null) this.#time += Math.min(LONGEST_PAUSE_MS, now - this.#cameAt);
    this.#cameAt = now;
  }

  async #hear(attestation: Uint8Array, verify: FrameVerifier): Promise<void> {
    const digests = await readAttestation(verify, this.#kind, attestation);
    if (digests === null) {
      this.#forged = true;
      return;
    }
    for (const digest of digests.map(toHex)) {
      // Named in two attestations, and known from the first; or still on its way; or never to come here.
      if (!this.#waiting.delete(digest)) this.#remember(digest);
    }
  }

  #remember(digest: string): void {
    this.#known.add(digest);
    const [oldest] = this.#known;
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }
}
