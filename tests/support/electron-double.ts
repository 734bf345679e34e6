import { EventEmitter } from "node:events";
import { vi } from "vitest";

/** Lets a test stand in for something large of Electron with the few parts that the code under test uses. */
export function double<T>(parts: object): T {
  return parts as T;
}

/** One end of a double of MessageChannelMain. */
export class PortDouble extends EventEmitter {
  other: PortDouble | null = null;
  closed = false;

  start(): void {
    this.emit("started");
  }

  postMessage(data: unknown): void {
    this.other?.emit("message", { data });
  }

  close(): void {
    this.closed = true;
    this.other?.emit("close");
  }
}

export class ChannelDouble {
  readonly port1 = new PortDouble();
  readonly port2 = new PortDouble();

  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

/** A double of a utilityProcess: what it was sent, and the means to end it. */
export class UtilityDouble extends EventEmitter {
  /** Hears of everything that any of them is sent, at that moment. */
  static onMessage: (message: unknown) => void = () => undefined;
  readonly sent: { message: unknown; ports: readonly PortDouble[] }[] = [];
  readonly kill = vi.fn(() => {
    this.emit("exit", 0);
    return true;
  });

  postMessage(message: unknown, ports: readonly PortDouble[]): void {
    UtilityDouble.onMessage(message);
    this.sent.push({ message, ports });
  }
}
