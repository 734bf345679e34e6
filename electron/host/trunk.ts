import * as v from "valibot";
import type { Ending } from "../../core/base/scope.ts";
import type { Port } from "./port.ts";

/** One frame on a pipe that carries control messages and any number of ports at once. */
const frame = v.variant("kind", [
  v.strictObject({
    kind: v.literal("control"),
    message: v.unknown(),
    ports: v.pipe(v.array(v.number()), v.maxLength(4)),
  }),
  v.strictObject({ kind: v.literal("data"), port: v.number(), body: v.unknown() }),
  v.strictObject({ kind: v.literal("close"), port: v.number() }),
]);
type Frame = v.InferOutput<typeof frame>;

/** An ordered, reliable pipe between two processes. */
export interface Pipe {
  send(frame: Frame): void;
  listen(listener: (frame: unknown) => void): void;
}

/**
 * Carries ports over a pipe that cannot transfer any. The side that opens ports numbers them;
 * both sides may close them, and a message for a port that is closed is dropped.
 */
export class Trunk {
  readonly #pipe: Pipe;
  readonly #ports = new Map<number, TrunkPort>();
  #lastPort = 0;
  #onControl: ((message: unknown, ports: readonly Port[]) => void) | null = null;

  constructor(pipe: Pipe) {
    this.#pipe = pipe;
    pipe.listen((raw) => {
      const parsed = v.safeParse(frame, raw);
      if (parsed.success) this.#receive(parsed.output);
    });
  }

  /** Sends a control message with `count` new ports and gives this side's ends of them. */
  post(message: unknown, count = 0): readonly TrunkPort[] {
    const ports = Array.from({ length: count }, () => this.#add(++this.#lastPort));
    this.#pipe.send({ kind: "control", message, ports: ports.map((port) => port.id) });
    return ports;
  }

  listen(listener: (message: unknown, ports: readonly Port[]) => void): Ending {
    this.#onControl = listener;
    return () => (this.#onControl = null);
  }

  /** The pipe is gone: every port is closed from the other side. */
  end(): void {
    for (const port of [...this.#ports.values()]) this.#receive({ kind: "close", port: port.id });
  }

  #receive(received: Frame): void {
    if (received.kind === "control") {
      const ports = received.ports.map((id) => this.#add(id));
      if (this.#onControl !== null) this.#onControl(received.message, ports);
      return;
    }
    const port = this.#ports.get(received.port);
    if (port === undefined) return;
    if (received.kind === "data") port.deliver(received.body);
    else port.closedByOther();
  }

  #add(id: number): TrunkPort {
    const port = new TrunkPort(id, {
      send: (body) => this.#pipe.send({ kind: "data", port: id, body }),
      close: (told) => {
        this.#ports.delete(id);
        if (!told) this.#pipe.send({ kind: "close", port: id });
      },
    });
    this.#ports.set(id, port);
    return port;
  }
}

interface PortOutlet {
  send(body: unknown): void;
  /** `told`: the other side closed it and needs no word. */
  close(told: boolean): void;
}

/** One port carried by a trunk. What arrives before somebody listens waits for the first listener. */
export class TrunkPort implements Port {
  readonly id: number;
  readonly #outlet: PortOutlet;
  readonly #listeners = new Set<(message: unknown) => void>();
  readonly #onClosed = new Set<() => void>();
  #waiting: unknown[] = [];
  #open = true;

  constructor(id: number, outlet: PortOutlet) {
    this.id = id;
    this.#outlet = outlet;
  }

  post(message: unknown): void {
    if (this.#open) this.#outlet.send(message);
  }

  listen(listener: (message: unknown) => void): Ending {
    this.#listeners.add(listener);
    for (const message of this.#waiting.splice(0)) listener(message);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#end(false);
  }

  /** Calls `listener` once when the other side has closed the port; at once if it has already. */
  onClosed(listener: () => void): void {
    if (this.#open) this.#onClosed.add(listener);
    else listener();
  }

  deliver(message: unknown): void {
    if (this.#listeners.size === 0) this.#waiting.push(message);
    for (const listener of [...this.#listeners]) listener(message);
  }

  closedByOther(): void {
    const listeners = [...this.#onClosed];
    this.#end(true);
    for (const listener of listeners) listener();
  }

  #end(told: boolean): void {
    if (!this.#open) return;
    this.#open = false;
    this.#waiting = [];
    this.#onClosed.clear();
    this.#listeners.clear();
    this.#outlet.close(told);
  }
}
