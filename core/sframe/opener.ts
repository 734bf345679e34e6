import { err, ok, type Result } from "../base/result.ts";
import { openError, type OpenError } from "./errors.ts";
import { openFrame } from "./frame.ts";
import { decodeHeader } from "./header.ts";
import { deriveFrameKeys, type FrameKeys, type KeySource } from "./key-schedule.ts";
import { ReplayWindow } from "./replay-window.ts";

/** Opens the frames of one sender under one key, each counter once. */
export class Opener {
  readonly #keys: FrameKeys;
  readonly #window: ReplayWindow;

  constructor(keys: FrameKeys, window = new ReplayWindow()) {
    this.#keys = keys;
    this.#window = window;
  }

  get keyId(): bigint {
    return this.#keys.keyId;
  }

  /**
   * One for the same frames by another path, where each comes once, too. It takes nothing that this one would call too
   * old by now.
   */
  forPath(): Opener {
    return new Opener(this.#keys, this.#window.after());
  }

  /** The clear bytes and the plaintext, joined; or why not. Nothing of a frame that fails is ever returned. */
  async open(frame: Uint8Array<ArrayBuffer>, clearBytes: number): Promise<Result<Uint8Array<ArrayBuffer>, OpenError>> {
    const header = decodeHeader(frame, clearBytes);
    if (!header.ok) return header;
    if (header.value.keyId !== this.#keys.keyId) return err(openError("sframe-other-key"));
    if (header.value.counter > BigInt(Number.MAX_SAFE_INTEGER)) return err(openError("sframe-malformed"));
    const counter = Number(header.value.counter);
    if (!this.#window.isFresh(counter)) return err(openError("sframe-replayed"));
    const opened = await openFrame(this.#keys, header.value, frame, clearBytes);
    if (!opened.ok) return opened;
    return this.#window.accept(counter) ? ok(opened.value) : err(openError("sframe-replayed"));
  }
}

/** Derives the key; its replay window starts empty. */
export async function createOpener(source: KeySource): Promise<Opener> {
  return new Opener(await deriveFrameKeys(source, "decrypt"));
}
