import type { Ending } from "../../core/base/scope.ts";
import { checkKey } from "../../core/contract/contract.ts";
import type { Keyring } from "./keyring.ts";

/** One end of the port that carries keys. */
export interface KeySource {
  listen(listener: (data: unknown) => void): Ending;
  close(): void;
}

/**
 * Takes keys from one port and applies them strictly in order, since deriving a key takes a moment.
 * A new port is a new host that gives fresh keys: what the last one gave is forgotten.
 */
export class KeyPort {
  readonly #keyring: Keyring;
  #detach: Ending = () => undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  attach(source: KeySource): void {
    this.#detach();
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
    if (checked.ok) this.#enqueue(() => this.#keyring.apply(checked.value));
  }

  #enqueue(step: () => Promise<void> | void): void {
    this.#last = this.#last.then(step).catch(() => this.#keyring.forgetAll());
  }
}
