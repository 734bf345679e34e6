import { Emitter } from "../../core/base/emitter.ts";
import { Scope, type Ending } from "../../core/base/scope.ts";
import type { Command } from "../../core/contract/commands.ts";
import type { Snapshot } from "../../core/contract/snapshots.ts";
import { createBridge, type Bridge } from "../bridge/bridge.ts";
import { announcePage, listenForPorts, type PagePorts } from "../bridge/ports.ts";
import type { CallMediaEngine } from "../rtc/create-call-media.ts";

/** connecting: no snapshot yet; open: the host answers; unanswered: it has not within the limit; closed: it was there and is gone. */
export type SessionPhase = "connecting" | "open" | "unanswered" | "closed";

export interface SessionState {
  readonly phase: SessionPhase;
  readonly snapshot: Snapshot | null;
}

/** How long the host may take to answer before the screen says so, and how often the page asks again, in ms. */
const ANSWER_LIMIT_MS = 10_000;
const ASK_AGAIN_MS = 1_000;

function isInMeeting(snapshot: Snapshot | null): boolean {
  const screen = snapshot?.view.screen;
  return screen === "lobby" || screen === "call";
}

/** The page's connection to its host, over any number of ports one after the other. */
export class Session {
  readonly #engine: CallMediaEngine;
  readonly #page: Window;
  readonly #changes = new Emitter<void>();
  #bridge: Bridge | null = null;
  #owned = new Scope();
  #asking: Ending = () => undefined;
  #state: SessionState = { phase: "connecting", snapshot: null };

  constructor(engine: CallMediaEngine, page: Window) {
    this.#engine = engine;
    this.#page = page;
    listenForPorts(page, { take: (ports) => this.#take(ports), gone: () => this.#lost() });
    engine.subscribeReports((report) => this.#bridge?.report(report));
  }

  state(): SessionState {
    return this.#state;
  }

  subscribe(listener: () => void): Ending {
    return this.#changes.subscribe(listener);
  }

  send(command: Command): void {
    this.#bridge?.send(command);
  }

  /** Asks the window for ports, again and again until a host answers or the limit passes. */
  connect(): void {
    this.#asking();
    this.#set({ phase: "connecting", snapshot: null });
    announcePage(this.#page);
    const again = this.#page.setInterval(() => {
      if (this.#bridge === null) announcePage(this.#page);
    }, ASK_AGAIN_MS);
    const limit = this.#page.setTimeout(() => {
      this.#asking();
      this.#set({ phase: "unanswered", snapshot: null });
    }, ANSWER_LIMIT_MS);
    this.#asking = () => {
      this.#page.clearInterval(again);
      this.#page.clearTimeout(limit);
    };
  }

  #take(ports: PagePorts): void {
    this.#owned.end();
    this.#engine.reset();
    const bridge = createBridge(ports.contract);
    const owned = new Scope();
    owned.add(() => bridge.close());
    owned.add(bridge.subscribeSnapshots(() => this.#shown(bridge)));
    owned.add(bridge.subscribeDirectives((directive) => this.#engine.apply(directive)));
    owned.add(bridge.subscribeClosed(() => this.#lost()));
    this.#bridge = bridge;
    this.#owned = owned;
    if (ports.keys !== null) this.#engine.attachKeys(ports.keys);
    void this.#attach(bridge);
  }

  async #attach(bridge: Bridge): Promise<void> {
    const fingerprint = await this.#engine.fingerprint();
    if (this.#bridge === bridge) bridge.send({ type: "attach", fingerprint });
  }

  #shown(bridge: Bridge): void {
    this.#asking();
    const before = this.#state.snapshot;
    const snapshot = bridge.snapshot();
    this.#set({ phase: "open", snapshot });
    if (isInMeeting(before) && !isInMeeting(snapshot)) {
      this.#engine.renew();
      void this.#attach(bridge);
    }
  }

  #lost(): void {
    if (this.#bridge === null) return;
    this.#owned.end();
    this.#bridge = null;
    this.#engine.reset();
    this.#asking();
    this.#set({ phase: "closed", snapshot: null });
  }

  #set(state: SessionState): void {
    this.#state = state;
    this.#changes.emit();
  }
}
