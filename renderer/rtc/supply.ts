import { Emitter } from "../../core/base/emitter.ts";
import type { Ending } from "../../core/base/scope.ts";

interface Battery extends EventTarget {
  readonly charging: boolean;
}

interface Connection extends EventTarget {
  readonly saveData?: boolean;
  /** Where the system tells: `cellular`, `wifi`, `ethernet` and others (Network Information API). */
  readonly type?: string;
}

interface SupplyPlatform {
  getBattery?(): Promise<Battery>;
  readonly connection?: Connection;
}

/**
 * Whether this machine has power and network to spare, as far as the system tells. A machine of which nothing is known
 * stands on a desk.
 */
export class Supply {
  readonly #changes = new Emitter<void>();
  readonly #connection: Connection | undefined;
  #battery: Battery | null = null;

  constructor(platform: SupplyPlatform) {
    this.#connection = platform.connection;
    this.#connection?.addEventListener("change", () => this.#changes.emit());
    platform.getBattery?.().then(
      (battery) => {
        this.#battery = battery;
        battery.addEventListener("chargingchange", () => this.#changes.emit());
        this.#changes.emit();
      },
      () => undefined,
    );
  }

  /** On mains power, and on a network that is not known to be paid for by the byte. */
  get isPlenty(): boolean {
    const saves = this.#connection?.saveData === true || this.#connection?.type === "cellular";
    return this.#battery?.charging !== false && !saves;
  }

  subscribe(listener: () => void): Ending {
    return this.#changes.subscribe(listener);
  }
}
