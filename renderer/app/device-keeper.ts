import { Scope, type Ending } from "../../core/base/scope.ts";
import type { Command } from "../../core/contract/commands.ts";
import type { MediaState } from "../../core/contract/parts.ts";
import type { ScreenOf, View } from "../../core/contract/snapshots.ts";
import { sentMedia } from "../features/context/sent-media.ts";
import type { CallMediaEngine } from "../rtc/create-call-media.ts";

interface KeeperParts {
  readonly engine: CallMediaEngine;
  readonly send: (command: Command) => void;
}

/**
 * Keeps devices and host in step with the screen: opens devices for the preview and the call, tells the host what is sent,
 * takes up the earlier state when the page comes back in a call, and lets go of everything outside one.
 */
export class DeviceKeeper {
  readonly #engine: CallMediaEngine;
  readonly #send: (command: Command) => void;
  readonly #scope = new Scope();
  #open = false;
  #resuming = false;
  /** Raised when devices are let go, so that a slow opening does not outlive its call. */
  #round = 0;
  #told: MediaState | null = null;

  constructor({ engine, send }: KeeperParts) {
    this.#engine = engine;
    this.#send = send;
    this.#scope.add(engine.media.subscribeLocal(() => this.#tell()));
  }

  /** Follows the screen that is shown; call it for every snapshot, with null while there is none. */
  follow(view: View | null): void {
    if (view?.screen === "lobby") this.#prepare();
    else if (view?.screen === "call") this.#inCall(view);
    else this.#letGo();
  }

  end: Ending = () => this.#scope.end();

  #prepare(): void {
    this.#told = null;
    if (this.#open) return;
    this.#open = true;
    void this.#engine.media.prepare();
  }

  #inCall(view: ScreenOf<"call">): void {
    const own = view.participants.find((participant) => participant.self)?.media;
    if (this.#told !== null || this.#resuming || own === undefined) return;
    if (this.#open) this.#beginTelling(own);
    else void this.#resume(own);
  }

  /** A page that comes back in a call is told by the host what was on; a screen is shared again only by the person's own hand. */
  async #resume(earlier: MediaState): Promise<void> {
    const round = this.#round;
    this.#open = true;
    this.#resuming = true;
    const { media } = this.#engine;
    await Promise.all([media.setMicrophone(earlier.microphone), media.setCamera(earlier.camera)]);
    await media.prepare();
    this.#resuming = false;
    if (round === this.#round) this.#beginTelling(earlier);
  }

  #beginTelling(told: MediaState): void {
    this.#told = told;
    this.#tell();
  }

  #letGo(): void {
    this.#told = null;
    if (!this.#open) return;
    this.#open = false;
    this.#round++;
    this.#engine.media.stopScreen();
    this.#engine.media.release();
    this.#engine.reset();
  }

  #tell(): void {
    if (this.#told === null) return;
    const now = sentMedia(this.#engine.media.local());
    const told = this.#told;
    if (now.microphone === told.microphone && now.camera === told.camera && now.screen === told.screen) return;
    this.#told = now;
    this.#send({ type: "set-media", media: now });
  }
}
