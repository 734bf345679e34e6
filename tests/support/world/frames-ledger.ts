import type { KeyMessage } from "../../../core/contract/key-messages.ts";
import type { MemberId } from "../../../core/contract/parts.ts";

/** A sealing key as others may be asked whether they hold it. */
export interface SealingKey {
  readonly epoch: number;
  readonly index: number;
  readonly baseKey: string;
}

/** What a frames worker would hold after the key messages so far, and every key it ever sealed under. */
export class FramesLedger {
  readonly everSealed: string[] = [];
  readonly everReceived = new Set<string>();
  #sending = new Map<number, SealingKey>();
  #current: number | null = null;
  #receiving = new Map<MemberId, Map<number, SealingKey>>();
  #recipients: ReadonlySet<MemberId> = new Set();

  restart(): void {
    this.#recipients = new Set();
    this.#sending = new Map();
    this.#current = null;
    this.#receiving = new Map();
  }

  take(message: KeyMessage): void {
    switch (message.type) {
      case "send-key":
        if (this.everSealed.includes(message.baseKey)) throw new Error("a sending key was installed twice");
        this.everSealed.push(message.baseKey);
        this.#sending.set(message.epoch, message);
        if (message.use) this.#current = message.epoch;
        return;
      case "use-send-key":
        this.#current = message.epoch;
        return;
      case "forget-send-key":
        this.#sending.delete(message.epoch);
        return;
      case "receive-key": {
        const keys = this.#receiving.get(message.member) ?? new Map<number, SealingKey>();
        keys.set(message.epoch, message);
        this.everReceived.add(message.baseKey);
        this.#receiving.set(message.member, keys);
        return;
      }
      case "forget-receive-key":
        this.#receiving.get(message.member)?.delete(message.epoch);
        return;
      case "forget-member":
        this.#receiving.delete(message.member);
        return;
      case "recipients":
        this.#recipients = new Set(message.members);
        return;
      case "forget-all":
        this.restart();
    }
  }

  /** On whose links it would send. */
  get recipients(): MemberId[] {
    return [...this.#recipients];
  }

  sealing(): SealingKey | null {
    return this.#current === null ? null : (this.#sending.get(this.#current) ?? null);
  }

  opens(member: MemberId, key: SealingKey | null): boolean {
    if (key === null) return false;
    const held = this.#receiving.get(member)?.get(key.epoch);
    return held?.baseKey === key.baseKey && held.index === key.index;
  }

  /** Whether the key is held for anybody now. */
  holds(baseKey: string): boolean {
    return [...this.#receiving.values()].some((keys) => [...keys.values()].some((key) => key.baseKey === baseKey));
  }

  /** Members of whom a key is held. */
  get members(): MemberId[] {
    return [...this.#receiving].flatMap(([member, keys]) => (keys.size === 0 ? [] : [member]));
  }

  get empty(): boolean {
    return this.#sending.size === 0 && [...this.#receiving.values()].every((keys) => keys.size === 0);
  }
}
