import type { TrunkPort } from "../host/trunk.ts";
import type { FramesLink } from "./frames-link.ts";
import { type After, PlaceKeeper } from "../place-keeper.ts";
import type { HostProcess, HostProcessOptions } from "./host-process.ts";
import type { Attachment } from "./page-link.ts";

/** What the keeper of hosts wants to hear of each of them. */
export type HostEvents = Pick<HostProcessOptions, "onPlace" | "onExit">;

/**
 * Keeps one host running for the window: one that died is replaced when a page asks for ports again, and the next one gets the place
 * that it had in a meeting.
 */
export class Hosts {
  readonly #start: (events: HostEvents) => HostProcess;
  readonly #place: PlaceKeeper;
  /** How many hosts were started: only the latest has a place. */
  #started = 0;
  #host: HostProcess;
  #stopping = false;
  #frames: { readonly link: FramesLink; port: TrunkPort } | null = null;

  constructor(start: (events: HostEvents) => HostProcess, after: After) {
    this.#start = start;
    this.#place = new PlaceKeeper(after);
    this.#host = this.#startNext();
  }

  attachPage(attachment: Attachment): void {
    const replaced = this.#revive();
    const port = this.#host.attach("attach-page");
    port.listen((message) => attachment.post(message));
    attachment.listen((message) => port.post(message));
    port.onClosed(() => attachment.close());
    attachment.onGone(() => port.close());
    // A worker that outlived the old host needs keys from the new one.
    if (replaced && this.#frames !== null) this.attachFrames(this.#frames.link);
  }

  attachFrames(link: FramesLink): void {
    this.#revive();
    const known = this.#frames?.link === link;
    const port = this.#host.attach("attach-frames");
    port.listen((message) => link.post(message));
    this.#frames = { link, port };
    if (known) return;
    link.onGone(() => {
      if (this.#frames?.link !== link) return;
      this.#frames.port.close();
      this.#frames = null;
    });
  }

  openInvite(link: string): void {
    this.#revive();
    this.#host.openInvite(link);
  }

  /** The person wants everything gone: there is nothing to return to. */
  forgetPlace(): void {
    this.#place.forget();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#place.forget();
    await this.#host.stop();
  }

  /** True when a new host had to be started. */
  #revive(): boolean {
    if (this.#host.alive || this.#stopping) return false;
    this.#host = this.#startNext();
    this.#place.spend((place) => this.#host.giveBack(place));
    return true;
  }

  #startNext(): HostProcess {
    const number = ++this.#started;
    const isLatest = (): boolean => number === this.#started && !this.#stopping;
    return this.#start({
      onPlace: (part) => {
        if (isLatest()) this.#place.take(part);
      },
      onExit: () => {
        if (isLatest()) this.#place.hostDied();
      },
    });
  }
}
