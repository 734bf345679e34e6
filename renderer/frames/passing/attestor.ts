import type { PictureKind } from "../../../core/contract/passing.ts";
import { frameDigest, type FrameSigner } from "../../../core/crypto/frame-signing.ts";
import { attest, MAX_ATTESTED } from "../../../core/sframe/attestation.ts";
import { NO_ATTESTATION } from "../../../core/sframe/picture-payload.ts";

/** How often a sender signs for its pictures, in ms: five times a second. */
export const ATTEST_EVERY_MS = 200;

interface Made {
  readonly digest: Uint8Array<ArrayBuffer>;
  /** In ms. */
  readonly at: number;
}

interface AttestorOptions {
  readonly kind: PictureKind;
  readonly elapsed: () => number;
  /** Null where the platform has no way to sign: then nothing is passed on. */
  readonly signer: () => FrameSigner | null;
}

/** What is said with the next picture: the longer one with a key frame. */
interface Word {
  readonly short: Uint8Array;
  readonly long: Uint8Array;
}

/**
 * Signs for one's own pictures while others pass them on. Each attestation names every picture since the one before the
 * last, so that a lost one leaves no gap, and goes out with the next picture of each size. With a key frame, which is what follows
 * a gap of up to a second, goes one that names all that can have been in that gap, and just before it.
 */
export class Attestor {
  readonly #options: AttestorOptions;
  #made: Made[] = [];
  #signedAt: number[] = [];
  #signing = false;
  #ready: Word = { short: NO_ATTESTATION, long: NO_ATTESTATION };
  /** The attestation that went out last, by size. */
  readonly #taken = new Map<number, Word>();
  isOn = false;

  constructor(options: AttestorOptions) {
    this.#options = options;
  }

  /** What goes with the next picture of this size; empty for most. */
  take(layer: number, isKeyFrame: boolean): Uint8Array {
    if (!this.isOn || (!isKeyFrame && this.#taken.get(layer) === this.#ready)) return NO_ATTESTATION;
    this.#taken.set(layer, this.#ready);
    return isKeyFrame ? this.#ready.long : this.#ready.short;
  }

  /** A picture was sealed. Never rejects. */
  async record(sealed: Uint8Array<ArrayBuffer>): Promise<void> {
    if (!this.isOn) return;
    const at = this.#options.elapsed();
    // The bytes may be on their way to the links, which take copies.
    const digest = await frameDigest(sealed);
    this.#made.push({ digest, at });
    if (this.#made.length > MAX_ATTESTED) this.#made.shift();
    if (!this.#signing && at - (this.#signedAt.at(-1) ?? Number.NEGATIVE_INFINITY) >= ATTEST_EVERY_MS)
      await this.#sign(at);
  }

  async #sign(at: number): Promise<void> {
    const signer = this.#options.signer();
    if (signer === null) return;
    this.#signing = true;
    try {
      const [before = Number.NEGATIVE_INFINITY] = this.#signedAt;
      const all = [...this.#made];
      this.#signedAt = [...this.#signedAt, at].slice(-2);
      const word = (made: readonly Made[]): Promise<Uint8Array> =>
        attest(
          signer,
          this.#options.kind,
          made.map(({ digest }) => digest),
        );
      const [short, long] = await Promise.all([word(all.filter((made) => made.at > before)), word(all)]);
      this.#ready = { short, long };
    } catch {
      // Those who get these pictures by others will drop them, and say so.
    } finally {
      this.#signing = false;
    }
  }
}
