import * as v from "valibot";
import { settings as schema, usualSettings, type Settings } from "../../core/contract/settings.ts";
import type { Store } from "../../core/ports/store.ts";

/** The settings of the profile, and whether the file held something else than settings. */
export interface SettingsFound {
  readonly settings: Settings;
  readonly damaged: boolean;
}

/** Settings in the profile's store. What is read is checked like every message; writes come one after the other, the newest last. */
export class SettingsFile {
  readonly #store: Store;
  #writing: Promise<void> = Promise.resolve();

  constructor(store: Store) {
    this.#store = store;
  }

  /** A file that cannot be understood may have said that nobody outside is to be asked: then nobody is. */
  async read(): Promise<SettingsFound> {
    const text = await this.#store.read("settings");
    if (text === null) return { settings: usualSettings, damaged: false };
    const parsed = v.safeParse(schema, parseJson(text));
    if (parsed.success) return { settings: parsed.output, damaged: false };
    return { settings: { ...usualSettings, network: { localDiscovery: false, relays: [] } }, damaged: true };
  }

  /** Rejects with `profile-unwritable` when these settings could not be kept. */
  write(settings: Settings): Promise<void> {
    const text = `${JSON.stringify(settings, null, 2)}\n`;
    const written = this.#writing.then(() => this.#store.write("settings", text));
    this.#writing = written.catch(() => undefined);
    return written;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
