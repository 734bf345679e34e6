import type { Ending } from "../../../core/base/scope.ts";
import type { MediaDirective } from "../../../core/contract/media-messages.ts";
import type { MeetingCommand } from "../../../core/contract/commands.ts";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { ScreenOf, Snapshot } from "../../../core/contract/snapshots.ts";
import { MeetingRunner } from "../../../core/meeting/runner.ts";
import { createLibp2pMesh } from "../../../core/mesh/libp2p/mesh.ts";
import { usePlatformCrypto } from "../../../electron/host/platform-crypto.ts";
import { systemClock, systemRandom } from "../../../electron/host/platform.ts";
import { BotMedia } from "./bot-media.ts";
import { makeCertificate } from "./certificate.ts";
import type { Recordings } from "./recordings.ts";

const PATIENCE_MS = 60_000;

export interface BotOptions {
  readonly name: string;
  /** What it plays; without them it sends nothing, and others show it with microphone and camera off. */
  readonly recordings?: Recordings;
  /** How loud it says that its voice is, as RFC 6464 has it: 127 is silence. */
  readonly level?: number;
  /** What it says that it can pass on of others' pictures, in bit/s; nothing unless told. */
  readonly room?: number;
  /** With whom it builds media links; with everybody unless told. */
  readonly linksWith?: (member: MemberId) => boolean;
}

/** A whole member without a window: the app's own meeting, keys and mesh, and media over libdatachannel. */
export class Bot {
  readonly name: string;
  readonly media: BotMedia;
  readonly #runner: MeetingRunner;
  readonly #sends: boolean;
  readonly #changes = new Set<() => void>();
  #snapshot: Snapshot | null = null;
  /** Keys are taken one after another, as the frames worker does. */
  #keys: Promise<void> = Promise.resolve();

  private constructor(options: BotOptions, media: BotMedia) {
    const { name, recordings, linksWith = () => true } = options;
    this.name = name;
    this.media = media;
    this.#sends = recordings !== undefined;
    this.#runner = new MeetingRunner({
      clock: systemClock,
      random: systemRandom,
      showEveryMs: 100,
      reportDefect: (defect) =>
        console.error(`${name}: ${defect instanceof Error ? (defect.stack ?? "") : "a defect"}`),
      createMesh: (mesh) => createLibp2pMesh({ ...mesh, clock: systemClock, random: systemRandom }),
      network: { relays: [], localDiscovery: false },
    });
    media.subscribeReports((report) => this.#runner.dispatch({ type: "media", report }));
    const isWanted = (directive: MediaDirective): boolean => linksWith(directive.member);
    this.#runner.subscribe((output) => {
      if (output.channel === "key") {
        const { body } = output;
        this.#keys = this.#keys.then(() => media.takeKey(body));
      } else if (output.channel === "media") {
        if (isWanted(output.body)) media.apply(output.body);
      } else {
        this.#snapshot = output.body;
        for (const changed of [...this.#changes]) changed();
      }
    });
    this.command({ type: "attach", fingerprint: media.fingerprint });
    this.#runner.dispatch({ type: "frames-attached" });
  }

  static async create(options: BotOptions): Promise<Bot> {
    usePlatformCrypto();
    const certificate = await makeCertificate();
    return new Bot(options, new BotMedia({ ...options, certificate, clock: systemClock }));
  }

  command(command: MeetingCommand): void {
    this.#runner.dispatch({ type: "command", command });
  }

  get view(): Snapshot["view"] | null {
    return this.#snapshot?.view ?? null;
  }

  get call(): ScreenOf<"call"> | null {
    return this.view?.screen === "call" ? this.view : null;
  }

  /** Comes by an invite; ends when it is in the call. */
  async join(invite: string): Promise<void> {
    this.knock(invite);
    await this.until("the call", () => this.call !== null);
  }

  /** Comes by an invite and waits for nothing. */
  knock(invite: string): void {
    const on = this.#sends;
    this.command({ type: "open-invite", name: this.name, invite });
    this.command({ type: "enter-meeting", name: this.name, media: { microphone: on, camera: on, screen: false } });
  }

  /** From now on it lets in whoever knocks. */
  openDoor(): void {
    const answered = new Set<number>();
    this.#changes.add(() => {
      for (const { knock } of this.call?.knocks ?? []) {
        if (answered.has(knock)) continue;
        answered.add(knock);
        this.command({ type: "admit", knock });
      }
    });
  }

  /** Rejects with what was waited for when it does not come in time. */
  until(what: string, condition: () => boolean, limitMs = PATIENCE_MS): Promise<void> {
    return new Promise((resolve, reject) => {
      let end: Ending = () => undefined;
      const limit = setTimeout(() => {
        end();
        reject(new Error(`${this.name}: ${what} did not come within ${limitMs} ms`));
      }, limitMs);
      const look = (): void => {
        if (!condition()) return;
        end();
        resolve();
      };
      // What media has done shows in no snapshot.
      const again = setInterval(look, 50);
      end = () => {
        clearTimeout(limit);
        clearInterval(again);
        this.#changes.delete(look);
      };
      this.#changes.add(look);
      look();
    });
  }

  /** Leaves, if it is in a meeting, and lets go of everything. */
  async stop(): Promise<void> {
    this.media.close();
    await this.#runner.stop();
  }
}
