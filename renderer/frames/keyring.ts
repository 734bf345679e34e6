import { fromBase64Url } from "../../core/base/bytes.ts";
import { Secret } from "../../core/base/secret.ts";
import type { KeyMessage } from "../../core/contract/key-messages.ts";
import type { MemberId } from "../../core/contract/parts.ts";
import { keyIdOf } from "../../core/sframe/key-id.ts";
import type { KeySource } from "../../core/sframe/key-schedule.ts";
import { createOpener, type Opener } from "../../core/sframe/opener.ts";
import { createSealer, type Sealer } from "../../core/sframe/sealer.ts";
import { AES_256_GCM_SHA512 } from "../../core/sframe/suites.ts";

/** Keys kept of one member at one time; the oldest goes. The protocol needs four. */
const MAX_EPOCHS = 8;
/** Members whose keys are kept at one time. */
const MAX_MEMBERS = 256;

interface SendKey {
  readonly epoch: number;
  readonly sealer: Sealer;
}

function sourceOf(message: { index: number; epoch: number; baseKey: string }): KeySource | null {
  const bytes = fromBase64Url(message.baseKey);
  if (bytes === null) return null;
  return {
    suite: AES_256_GCM_SHA512,
    keyId: keyIdOf(message.epoch, message.index),
    baseKey: new Secret("sframe-base-key", bytes),
  };
}

/** What is said about keys. */
type KeyringMessage = Exclude<KeyMessage, { type: "recipients" }>;

/** Every media key of one meeting. Messages must be applied one after another: see `KeyPort`. */
export class Keyring {
  #sendKeys = new Map<number, SendKey>();
  #sending: SendKey | null = null;
  #highestEpoch = 0;
  #members = new Map<MemberId, Map<bigint, Opener>>();

  /** What to seal with now; null while there is no key. */
  get sealer(): Sealer | null {
    return this.#sending?.sealer ?? null;
  }

  /** The key with this id if this member has it. A member's frames are never tried under the key of another. */
  opener(member: MemberId, keyId: bigint): Opener | null {
    return this.#members.get(member)?.get(keyId) ?? null;
  }

  async apply(message: KeyringMessage): Promise<void> {
    switch (message.type) {
      case "send-key":
        return this.#addSendKey(message);
      case "use-send-key":
        this.#sending = this.#sendKeys.get(message.epoch) ?? null;
        return;
      case "forget-send-key":
        this.#sendKeys.delete(message.epoch);
        if (this.#sending?.epoch === message.epoch) this.#sending = null;
        return;
      case "receive-key":
        return this.#addReceiveKey(message);
      case "forget-receive-key":
        this.#forgetReceiveKey(message.member, message.epoch);
        return;
      case "forget-member":
        this.#members.delete(message.member);
        return;
      case "forget-all":
        this.forgetAll();
    }
  }

  forgetAll(): void {
    this.#sendKeys.clear();
    this.#members.clear();
    this.#sending = null;
    this.#highestEpoch = 0;
  }

  async #addSendKey(message: Extract<KeyMessage, { type: "send-key" }>): Promise<void> {
    // A known epoch would start its counter again at 0 under the same key.
    if (message.epoch <= this.#highestEpoch) return;
    const source = sourceOf(message);
    if (source === null) return;
    this.#highestEpoch = message.epoch;
    const sealer = await createSealer(source);
    source.baseKey.wipe();
    const key = { epoch: message.epoch, sealer };
    this.#sendKeys.set(message.epoch, key);
    const oldest = this.#sendKeys.keys().next().value;
    if (this.#sendKeys.size > MAX_EPOCHS && oldest !== undefined) this.#sendKeys.delete(oldest);
    if (message.use) this.#sending = key;
  }

  async #addReceiveKey(message: Extract<KeyMessage, { type: "receive-key" }>): Promise<void> {
    const source = sourceOf(message);
    if (source === null) return;
    const keys = this.#members.get(message.member) ?? new Map<bigint, Opener>();
    // The same key given again must not forget which counters were seen.
    if (!keys.has(source.keyId) && this.#hasRoomFor(message.member)) {
      keys.set(source.keyId, await createOpener(source));
      const oldest = keys.keys().next().value;
      if (keys.size > MAX_EPOCHS && oldest !== undefined) keys.delete(oldest);
      this.#members.set(message.member, keys);
    }
    source.baseKey.wipe();
  }

  #hasRoomFor(member: MemberId): boolean {
    return this.#members.has(member) || this.#members.size < MAX_MEMBERS;
  }

  #forgetReceiveKey(member: MemberId, epoch: number): void {
    const keys = this.#members.get(member);
    for (const keyId of keys?.keys() ?? []) if (keyId >> 16n === BigInt(epoch)) keys?.delete(keyId);
    if (keys?.size === 0) this.#members.delete(member);
  }
}
