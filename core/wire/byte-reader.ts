/** Reads fields one after the other; once something is missing, everything after is null too. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#offset;
  }

  /** A view of the next `length` bytes, or null when there are fewer. */
  bytes(length: number): Uint8Array | null {
    if (length > this.left) {
      this.#offset = this.#bytes.length;
      return null;
    }
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  uint8(): number | null {
    return this.bytes(1)?.[0] ?? null;
  }

  /** Big-endian. */
  uint16(): number | null {
    const pair = this.bytes(2);
    return pair === null ? null : (pair[0] ?? 0) * 256 + (pair[1] ?? 0);
  }

  /** Big-endian. */
  uint32(): number | null {
    const high = this.uint16();
    const low = this.uint16();
    return high === null || low === null ? null : high * 0x1_0000 + low;
  }
}
