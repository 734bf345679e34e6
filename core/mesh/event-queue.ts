import { Emitter } from "../base/emitter.ts";
import type { Ending } from "../base/scope.ts";
import type { LinkId, MeshEvent } from "../ports/mesh.ts";

/** Hands events over in their order and never inside a call of the mesh, so that a listener may call the mesh at will. */
export class EventQueue {
  readonly #emitter = new Emitter<MeshEvent>();
  readonly #soon: (deliver: () => void) => void;
  readonly #deafLinks = new Set<LinkId>();
  #waiting: MeshEvent[] = [];
  #scheduled = false;
  #stopped = false;

  /** `soon` calls back after the present call has ended. */
  constructor(soon: (deliver: () => void) => void = queueMicrotask) {
    this.#soon = soon;
  }

  subscribe(listener: (event: MeshEvent) => void): Ending {
    return this.#emitter.subscribe(listener);
  }

  push(event: MeshEvent): void {
    if (this.#stopped) return;
    this.#waiting.push(event);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#soon(() => this.#deliver());
  }

  /** From now on no message of this link is handed over: its own side has closed it. */
  deafen(link: LinkId): void {
    this.#deafLinks.add(link);
  }

  /** Hands over what waits, and nothing after it. */
  stop(): void {
    this.#deliver();
    this.#stopped = true;
  }

  /** Hands over nothing more, not even what waits. */
  discard(): void {
    this.#waiting = [];
    this.#stopped = true;
  }

  #deliver(): void {
    this.#scheduled = false;
    const events = this.#waiting;
    this.#waiting = [];
    for (const event of events) {
      if (event.type === "message" && this.#deafLinks.has(event.link)) continue;
      if (event.type === "link-closed") this.#deafLinks.delete(event.link);
      this.#emitter.emit(event);
    }
  }
}
