import { toHex } from "../../../core/base/bytes.ts";
import { Emitter } from "../../../core/base/emitter.ts";
import type { Ending } from "../../../core/base/scope.ts";
import type { FileCarrier, FileEvent, FileOrder } from "../../../core/ports/files.ts";
import type { Clock } from "../../../core/ports/clock.ts";

type Order<T extends FileOrder["type"]> = Extract<FileOrder, { type: T }>;

const STEP_MS = 100;
const STEPS = 5;
/** As long as the real one waits. */
const STALL_MS = 30_000;

/** Who waits for what, in a world: by secret, as pipes are by the tag that comes of it. */
export type Receptions = Map<string, { readonly order: Order<"receive">; readonly carrier: FileDouble }>;

/**
 * Carries files of a world without a disk: a file is its name, and has come whole after half a second if the way is open all the time.
 * What really is read, sealed and written is `electron/files`, tried on its own.
 */
export class FileDouble implements FileCarrier {
  readonly orders: FileOrder[] = [];
  /** What the person chooses next; null for nothing. */
  chosen: { readonly name: string; readonly size: number; readonly hash: Uint8Array } | null = null;
  /** What is on this person's disk. */
  readonly saved: string[] = [];
  readonly #events = new Emitter<FileEvent>();
  readonly #clock: Clock;
  readonly #receptions: Receptions;
  readonly #open: (peer: string) => boolean;
  readonly #stopped = new Set<string>();

  constructor(init: { clock: Clock; receptions: Receptions; open: (peer: string) => boolean }) {
    this.#clock = init.clock;
    this.#receptions = init.receptions;
    this.#open = init.open;
  }

  begin(): void {
    this.#stopped.clear();
  }

  subscribe(listener: (event: FileEvent) => void): Ending {
    return this.#events.subscribe(listener);
  }

  end(): Promise<void> {
    for (const [secret, { carrier }] of this.#receptions) if (carrier === this) this.#receptions.delete(secret);
    return Promise.resolve();
  }

  carry(order: FileOrder): void {
    this.orders.push(order);
    if (order.type === "choose") this.#choose(order.id);
    if (order.type === "receive") this.#receive(order);
    if (order.type === "send") this.#send(order, toHex(order.secret.reveal()));
    if (order.type === "drop") this.#drop(order);
    if (order.type === "withdraw") this.#stopped.add(order.id);
    if (order.type === "stop-sending") this.#stopped.add(`${order.id} ${order.to}`);
  }

  #choose(id: string): void {
    const { chosen } = this;
    this.#clock.after(STEP_MS, () => {
      if (chosen === null) this.tell({ type: "not-chosen", id, why: "cancelled" });
      else this.tell({ type: "chosen", id, ...chosen });
    });
  }

  #receive(order: Order<"receive">): void {
    const secret = toHex(order.secret.reveal());
    const { from, id, offset: done } = order;
    this.#receptions.set(secret, { order, carrier: this });
    this.#clock.after(STALL_MS, () => {
      if (this.#receptions.delete(secret)) this.tell({ type: "not-received", from, id, done, why: "broken" });
    });
  }

  #drop({ from, id }: Order<"drop">): void {
    for (const [secret, { order, carrier }] of this.#receptions) {
      if (carrier === this && order.from === from && order.id === id) this.#receptions.delete(secret);
    }
  }

  #send(order: Order<"send">, secret: string): void {
    const { id, to } = order;
    this.#stopped.delete(`${id} ${to}`);
    const step = (number: number): void => {
      const reception = this.#receptions.get(secret);
      const stopped = this.#stopped.has(id) || this.#stopped.has(`${id} ${to}`);
      if (stopped || reception === undefined || !this.#open(order.peer)) {
        this.tell({ type: "not-sent", id, to, why: "broken" });
        const { from } = order;
        const done = Math.floor(((number - 1) / STEPS) * (reception?.order.size ?? 0));
        this.#receptions.delete(secret);
        reception?.carrier.tell({ type: "not-received", from, id, done, why: "broken" });
      } else if (number < STEPS) {
        const done = Math.floor((number / STEPS) * reception.order.size);
        this.tell({ type: "sending", id, to, done });
        reception.carrier.tell({ type: "receiving", from: order.from, id, done });
        this.#clock.after(STEP_MS, () => step(number + 1));
      } else {
        this.#receptions.delete(secret);
        reception.carrier.saved.push(reception.order.name);
        reception.carrier.tell({ type: "saved", from: order.from, id, path: `/saved/${reception.order.name}` });
        this.tell({ type: "sent", id, to });
      }
    };
    this.#clock.after(STEP_MS, () => step(1));
  }

  tell(event: FileEvent): void {
    this.#events.emit(event);
  }
}
