import type { PictureKind } from "../../../core/contract/passing.ts";
import { toHex } from "../../../core/base/bytes.ts";
import { frameDigest, type FrameVerifier } from "../../../core/crypto/frame-signing.ts";
import { readAttestation } from "../../../core/sframe/attestation.ts";

/** A picture for which its sender has not signed after so long, in ms, and after so many others, is not the sender's. */
export const UNATTESTED_MS = 1_000;
export const UNATTESTED_FRAMES = 16;
/** Pictures that may wait for their sender's signature. */
const MOST_WAITING = 64;
/** Digests remembered of pictures that were signed for before they came. */
const MOST_KNOWN = 128;

interface Waiting {
  readonly at: number;
  /** The count of pictures when it came. */
  readonly number: number;
}

/**
 * Whether what comes by others is what its sender made. A picture is shown when it comes, since waiting for the signature would
 * delay all of them; one that nobody signs for, or an attestation that is not the sender's, ends the path.
 */
export class PathCheck {
  readonly #kind: PictureKind;
  readonly #elapsed: () => number;
  readonly #waiting = new Map<string, Waiting>();
  readonly #known = new Set<string>();
  #count = 0;
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
    const number = this.#count++;
    if (!this.#known.delete(digest)) this.#waiting.set(digest, { at: this.#elapsed(), number });
    if (attestation.length > 0) await this.#hear(attestation, verify);
    const overdue = [...this.#waiting.values()].some((one) => this.#isOverdue(one));
    if (overdue || this.#waiting.size > MOST_WAITING) this.#forged = true;
    return !this.#forged;
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

  #isOverdue({ at, number }: Waiting): boolean {
    return this.#elapsed() - at > UNATTESTED_MS && this.#count - number > UNATTESTED_FRAMES;
  }
}
