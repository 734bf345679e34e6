import type { MessageChannelMain, MessagePortMain, UtilityProcess } from "electron";
import * as v from "valibot";
import { fromHost, type FromHost, type ToHost } from "../host/control.ts";
import { type After, PlaceKeeper } from "../place-keeper.ts";

export interface HostKeeperOptions {
  /** Starts the host process. */
  readonly fork: () => UtilityProcess;
  readonly makeChannel: () => MessageChannelMain;
  readonly stopLimitMs: number;
  readonly after: After;
  readonly onPageServed: () => void;
  /** The host asks for the end of the app. */
  readonly onEndApp: () => void;
  /** Asks the person for a file. Never rejects. */
  readonly chooseFile: () => Promise<string | null>;
  /** Asks the system's keychain for the host. Never rejects. */
  readonly askKeychain: (asked: Extract<FromHost, { type: "keychain" }>) => Promise<ToHost>;
}

/**
 * Keeps one host for the window: forks it, joins pages to it, replaces it when it has died and a page asks again. The next one gets
 * the place that the dead one had in a meeting.
 */
export class HostKeeper {
  readonly #options: HostKeeperOptions;
  readonly #place: PlaceKeeper;
  #host: UtilityProcess | null = null;
  /** The host that runs or was the last to: what it said before it died may come after the news of its death. */
  #latest: UtilityProcess | null = null;
  #stopping = false;

  constructor(options: HostKeeperOptions) {
    this.#options = options;
    this.#place = new PlaceKeeper(options.after);
  }

  /** Starts the host if it does not run, so that it loads while the window opens. */
  start(): void {
    this.#running();
  }

  /** Two fresh channels, contract and keys: one end of each goes to the host, the other ends are for the page, in this order. */
  attach(): readonly MessagePortMain[] {
    const contract = this.#options.makeChannel();
    const keys = this.#options.makeChannel();
    const host = this.#running();
    if (host !== null) {
      post(host, { type: "attach-page" }, [contract.port1]);
      post(host, { type: "attach-frames" }, [keys.port1]);
    } else {
      contract.port1.close();
      keys.port1.close();
    }
    return [contract.port2, keys.port2];
  }

  openInvite(link: string): void {
    const host = this.#running();
    if (host !== null) post(host, { type: "open-invite", link }, []);
  }

  /** Lets the host leave its meeting and wipe its keys; resolves when it has ended, or was killed at the limit. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#place.forget();
    const host = this.#host;
    if (host === null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        host.kill();
        resolve();
      }, this.#options.stopLimitMs);
      host.once("exit", () => {
        clearTimeout(timer);
        resolve();
      });
      post(host, { type: "stop" }, []);
    });
  }

  async #answer(host: UtilityProcess, asked: Extract<FromHost, { type: "keychain" }>): Promise<void> {
    const answer = await this.#options.askKeychain(asked);
    // The one who asked may be gone; another must not get what was meant for it.
    if (this.#host === host) post(host, answer, []);
  }

  async #choose(host: UtilityProcess, id: number): Promise<void> {
    const path = await this.#options.chooseFile();
    if (this.#host === host) post(host, { type: "file-chosen", id, path }, []);
  }

  #running(): UtilityProcess | null {
    if (this.#stopping) return null;
    if (this.#host !== null) return this.#host;
    const host = this.#options.fork();
    this.#host = host;
    this.#latest = host;
    host.on("message", (raw: unknown) => {
      const parsed = v.safeParse(fromHost, raw);
      if (parsed.success) this.#hear(host, parsed.output);
    });
    host.once("exit", () => {
      if (this.#host !== host) return;
      this.#host = null;
      if (!this.#stopping) this.#place.hostDied();
    });
    this.#place.spend((place) => post(host, place, []));
    return host;
  }

  #hear(host: UtilityProcess, word: FromHost): void {
    if (word.type === "page-served") this.#options.onPageServed();
    if (word.type === "choose-file") void this.#choose(host, word.id);
    if (word.type === "keychain") void this.#answer(host, word);
    if (word.type === "keep-place" && host === this.#latest && !this.#stopping) this.#place.take(word.part);
    if (word.type !== "end-app") return;
    this.#place.forget();
    this.#options.onEndApp();
  }
}

function post(host: UtilityProcess, message: ToHost, ports: MessagePortMain[]): void {
  host.postMessage(message, ports);
}
