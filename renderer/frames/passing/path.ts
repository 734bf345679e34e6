import type { PictureKind } from "../../../core/contract/passing.ts";
import type { FrameVerifier } from "../../../core/crypto/frame-signing.ts";
import type { Opener } from "../../../core/sframe/opener.ts";
import { PICTURE_NUMBERS, type PicturePayload } from "../../../core/sframe/picture-payload.ts";
import type { OpenedFrame, Path } from "../open-frames.ts";
import { PathCheck } from "./path-check.ts";
import type { SentTimes } from "./sent-times.ts";

/** Later than this, in ms, a picture is of no use in a conversation. */
export const LATE_MS = 1_000;
/**
 * So late, in ms, a picture is not shown at all: whoever passes on could have kept it, and show again what its sender has long
 * put away.
 */
export const TOO_LATE_MS = 2_000;
/** A path is late only when everything has been for so long, in ms: a burst is not. */
const LATE_FOR_MS = 1_500;

export interface PassedPathOptions {
  readonly kind: PictureKind;
  readonly elapsed: () => number;
  /** The sender's key for attestations; null while it has not told one: then nothing is shown. */
  readonly verifier: () => FrameVerifier | null;
  readonly sentTimes: SentTimes;
  /** Hears of it once when what comes is not what its sender made. */
  readonly onForged: () => void;
}

/** One way by which a sender's pictures come through others, and whether they come whole, in order, in time and unaltered. */
export class PassedPath implements Path {
  readonly #options: PassedPathOptions;
  readonly #openers = new WeakMap<Opener, Opener>();
  readonly #check: PathCheck;
  #number: number | null = null;
  #lateSince: number | null = null;
  #checking: Promise<void> = Promise.resolve();
  #ageMs = 0;

  constructor(options: PassedPathOptions) {
    this.#options = options;
    this.#check = new PathCheck(options.kind, options.elapsed);
  }

  get isForged(): boolean {
    return this.#check.isForged;
  }

  get isLate(): boolean {
    return this.#lateSince !== null && this.#options.elapsed() - this.#lateSince > LATE_FOR_MS;
  }

  /** How much later than by the direct way the latest picture came, in ms, as far as that can be told. */
  get ageMs(): number {
    return this.#ageMs;
  }

  /** Ends when everything that has come so far was checked. */
  checked(): Promise<void> {
    return this.#checking;
  }

  opener(of: Opener): Opener {
    const present = this.#openers.get(of) ?? of.forPath();
    this.#openers.set(of, present);
    return present;
  }

  /** Nothing after a gap or out of its order is shown until the next key frame. */
  admits({ header, sealed, isKeyFrame }: OpenedFrame, { number, attestation }: PicturePayload): boolean {
    const verify = this.#options.verifier();
    if (verify === null || this.isForged) return false;
    const follows = this.#number !== null && number === (this.#number + 1) % PICTURE_NUMBERS;
    this.#judge(sealed, attestation, verify);
    this.#age(this.#options.sentTimes.ageOf(header));
    if (this.#ageMs > TOO_LATE_MS || (!isKeyFrame && !follows)) return false;
    this.#number = number;
    return true;
  }

  #age(ageMs: number): void {
    this.#ageMs = ageMs;
    if (ageMs <= LATE_MS) this.#lateSince = null;
    else this.#lateSince ??= this.#options.elapsed();
  }

  #judge(sealed: Uint8Array<ArrayBuffer>, attestation: Uint8Array, verify: FrameVerifier): void {
    const copy = attestation.slice();
    this.#checking = this.#checking.then(async () => {
      if (!this.isForged && !(await this.#check.take(sealed, copy, verify))) this.#options.onForged();
    });
  }
}
