import { VigilError } from "../base/errors.ts";
import { sealFrame } from "./frame.ts";
import { deriveFrameKeys, type FrameKeys, type KeySource } from "./key-schedule.ts";

/** Seals frames under one key. Its counter starts at 0, goes up by one for each frame and never comes back. */
export class Sealer {
  readonly #keys: FrameKeys;
  #next = 0;

  constructor(keys: FrameKeys) {
    this.#keys = keys;
  }

  get keyId(): bigint {
    return this.#keys.keyId;
  }

  /**
   * Seals one frame, of which the first `clearBytes` stay readable. Throws `sframe-counter-exhausted` after 2^53 - 1
   * frames rather than use a counter twice.
   */
  seal(frame: Uint8Array<ArrayBuffer>, clearBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const counter = this.#next;
    if (counter >= Number.MAX_SAFE_INTEGER) throw new VigilError("sframe-counter-exhausted", "defect");
    this.#next = counter + 1;
    return sealFrame(this.#keys, BigInt(counter), frame, clearBytes);
  }
}

/** Derives the key and starts its counter. One base key must be given to this once only. */
export async function createSealer(source: KeySource): Promise<Sealer> {
  return new Sealer(await deriveFrameKeys(source, "encrypt"));
}
