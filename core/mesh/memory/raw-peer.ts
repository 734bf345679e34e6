import type { PeerId } from "../../ports/mesh.ts";
import type { WireEnd, WireHolder } from "./wire.ts";

/** A peer that knows no framing: for trying what a mesh does with any bytes at all. */
export class RawPeer implements WireHolder {
  readonly peer: PeerId;
  readonly alive = true;
  #end: WireEnd | null = null;
  #closed = false;

  constructor(peer: PeerId) {
    this.peer = peer;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  start(end: WireEnd): void {
    this.#end = end;
  }

  write(bytes: Uint8Array): void {
    this.#end?.write(bytes);
  }

  /** Takes nothing more from the wire. */
  stopReading(): void {
    if (this.#end !== null) this.#end.wire.otherEnd(this.#end).out.setReading(false);
  }

  received(): void {
    // Whatever a mesh says is of no interest here.
  }

  closed(): void {
    this.#closed = true;
  }
}
