import { VigilError } from "./errors.ts";

const PRINTED = "[secret]";

/**
 * Bytes that must not be printed, logged, compared in variable time or kept longer than needed.
 * The bytes sit in a private field: JSON, template strings, console and structured clone see only `[secret]` or nothing.
 */
export class Secret<Name extends string = string> {
  readonly purpose: Name;
  #bytes: Uint8Array | null;

  /** Takes ownership of `bytes`: the caller keeps no other reference. */
  constructor(purpose: Name, bytes: Uint8Array) {
    this.purpose = purpose;
    this.#bytes = bytes;
  }

  /** The bytes themselves, not a copy. Never store them. Throws `secret-wiped` once wiped: a wiped key is never used as zeros. */
  reveal(): Uint8Array {
    if (this.#bytes === null) throw new VigilError("secret-wiped", "defect", { message: this.purpose });
    return this.#bytes;
  }

  get wiped(): boolean {
    return this.#bytes === null;
  }

  /** A second owner of the same bytes, wiped on its own. */
  copy(): Secret<Name> {
    // Not `slice`: that of Node's Buffer is another view of the same bytes.
    return new Secret(this.purpose, Uint8Array.from(this.reveal()));
  }

  /** Overwrites the bytes and forgets them. Safe to call twice. */
  wipe(): void {
    this.#bytes?.fill(0);
    this.#bytes = null;
  }

  toString(): string {
    return PRINTED;
  }

  toJSON(): string {
    return PRINTED;
  }

  get [Symbol.toStringTag](): string {
    return PRINTED;
  }
}
