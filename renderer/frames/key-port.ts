import type { Ending } from "../../core/base/scope.ts";
import { checkKey } from "../../core/contract/contract.ts";
import type { Keyring } from "./keyring.ts";
import type { Recipients } from "./recipients.ts";

/** One end of the port that carries keys. */
export interface KeySource {
  listen(listener: (data: unknown) => void): Ending;
  close(): void;
}

/**
 * Takes keys from one port and applies them strictly in order, since deriving a key takes a moment; who may get frames holds at once.
 * A new port is a new host that gives fresh keys: what the last one gave is forgotten.
 */
export class KeyPort {
  readonly #keyring: Keyring;
  readonly #recipients: Recipients;
  #detach: Ending = () => undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(keyring: Keyring, recipients: Recipients) {
    this.#keyring = keyring;
    this.#recipients = recipients;
  }

  attach(source: KeySource): void {
    this.#detach();
    this.#recipients.set([]);
    this.#enqueue(() => this.#keyring.forgetAll());
    const unlisten = source.listen((data) => this.#receive(data));
    this.#detach = () => {
      unlisten();
      source.close();
    };
  }

  #receive(data: unknown): void {
    const checked = checkKey(data);
    // What does not fit the contract is refused; without its key the frames are dropped, never sent in clear.
    if (!checked.ok) return;
    const message = checked.value;
    // Who is out gets nothing from now on, also while the keys before this are being derived.
    if (message.type === "recipients") return this.#recipients.set(message.members);
    if (message.type === "forget-all") this.#recipients.set([]);
    this.#enqueue(() => this.#keyring.apply(message));
  }

  #enqueue(step: () => Promise<void> | void): void {
    this.#last = this.#last.then(step).catch(() => this.#keyring.forgetAll());
  }
}
