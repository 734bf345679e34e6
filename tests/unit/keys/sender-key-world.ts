import { memberIdOf, type MemberId } from "../../../core/base/member-id.ts";
import { toHex } from "../../../core/base/bytes.ts";
import { decodeKeyMessage } from "../../../core/keys/key-message.ts";
import {
  createSenderKeys,
  type SenderKeyEffect,
  type SenderKeyEvent,
  type SenderKeys,
  type SenderKeyStep,
  stepSenderKeys,
} from "../../../core/keys/sender-keys.ts";
import { seededRandom } from "../../support/seeded-random.ts";

/** A frames worker: what it was told to hold. */
class Worker {
  readonly send = new Map<number, string>();
  using: number | null = null;
  readonly receive = new Map<MemberId, Map<number, string>>();
  /** Every key that was ever installed to seal under. */
  readonly installed: string[] = [];
  /** Every key that was ever sealed under, each time its use began. */
  readonly used: string[] = [];

  apply(effect: SenderKeyEffect): void {
    if (effect.type === "install-send") {
      const key = toHex(effect.baseKey.reveal());
      this.send.set(effect.epoch, key);
      this.installed.push(key);
      if (effect.use) this.#use(effect.epoch);
    } else if (effect.type === "use-send") {
      if (!this.send.has(effect.epoch)) throw new Error(`epoch ${effect.epoch} is used and not held`);
      this.#use(effect.epoch);
    } else if (effect.type === "forget-send") {
      if (this.using === effect.epoch) throw new Error(`epoch ${effect.epoch} is used and forgotten`);
      this.send.delete(effect.epoch);
    } else if (effect.type === "install-receive") {
      const keys = this.receive.get(effect.member) ?? new Map<number, string>();
      this.receive.set(effect.member, keys.set(effect.epoch, toHex(effect.baseKey.reveal())));
    } else if (effect.type === "forget-receive") this.receive.get(effect.member)?.delete(effect.epoch);
    else if (effect.type === "forget-member") this.receive.delete(effect.member);
  }

  #use(epoch: number): void {
    this.using = epoch;
    this.used.push(this.key);
  }

  get key(): string {
    return this.send.get(this.using ?? 0) ?? "none";
  }
}

export interface Sent {
  readonly from: MemberId;
  readonly to: MemberId;
  readonly bytes: Uint8Array;
}

/** One member's keys with the worker that follows them. */
export class Party {
  readonly id: MemberId;
  worker = new Worker();
  wakeAt = Number.POSITIVE_INFINITY;
  readonly #random;
  readonly #usedBefore: string[] = [];
  #state: SenderKeys;
  readonly #send: (sent: Sent) => void;

  constructor(number: number, now: number, send: (sent: Sent) => void) {
    this.id = memberIdOf(new Uint8Array(32).fill(number));
    this.#random = seededRandom(number);
    this.#send = send;
    const created = createSenderKeys({ now, random: this.#random });
    this.#state = created.state;
    this.#carryOut(created);
  }

  do(event: SenderKeyEvent, now: number): readonly SenderKeyEffect[] {
    const step = stepSenderKeys(this.#state, event, { now, random: this.#random });
    this.#state = step.state;
    this.#carryOut(step);
    return step.effects;
  }

  #carryOut({ effects }: SenderKeyStep): void {
    for (const effect of effects) {
      if (effect.type === "deliver") this.#send({ from: this.id, to: effect.to, bytes: effect.bytes });
      else if (effect.type === "wake") this.wakeAt = effect.at;
      else this.worker.apply(effect);
    }
  }

  /** The worker is replaced by one that holds nothing. */
  restartWorker(now: number): void {
    this.#usedBefore.push(...this.worker.used);
    this.worker = new Worker();
    this.do({ type: "worker-started" }, now);
  }

  /** Every key that this one sealed under, each time its use began. */
  get everUsed(): string[] {
    return [...this.#usedBefore, ...this.worker.used];
  }

  get state(): SenderKeys {
    return this.#state;
  }

  /** The key that this one seals under now. */
  get sendKey(): string {
    return this.worker.key;
  }

  /** Whether this one's worker opens what the other seals now. */
  opens(other: Party): boolean {
    const held = this.worker.receive.get(other.id)?.get(other.worker.using ?? 0);
    return held === other.sendKey;
  }
}

export function typesOf(sent: readonly Sent[]): string[] {
  return sent.map(({ bytes }) => {
    const message = decodeKeyMessage(bytes);
    return message === null ? "malformed" : `${message.type} ${message.epoch}`;
  });
}
