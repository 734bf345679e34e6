import type { Ending } from "../base/scope.ts";
import type { LinkPath, LinkState } from "../contract/media-messages.ts";
import type { Fingerprint } from "../contract/parts.ts";
import type { Clock } from "../ports/clock.ts";
import { pathOf } from "./link-path.ts";
import type { CreatePeer, Peer, PeerEvent } from "./peer.ts";
import { checkSdp, hardenSdp } from "./sdp.ts";
import { isWord, readSignal, type Building, type Description, type Word } from "./signals.ts";
import type { Slots } from "./slots.ts";

/** A new link that makes no progress for this long is lost. Each signal from the other side is progress. */
export const CONNECT_LIMIT_MS = 4000;
/** It is lost after this long in any case. */
export const CONNECT_TOTAL_LIMIT_MS = 12_000;
/** A path that is silent this long is restarted: shorter gaps mend themselves. */
export const RESTART_AFTER_MS = 1000;
/** After a restart the path must be back this soon, else the link is lost. */
export const RECOVERY_LIMIT_MS = 2500;
/** How often a link that is up is asked for its path, and how long after each try, in ms. */
export const PATH_TRIES = 10;
export const PATH_RETRY_MS = 50;
/** Signals taken from the other side to build one link. */
export const MAX_SIGNALS = 400;

/** How many times longer than usual a link may take to connect, at most. */
export const MAX_PATIENCE = 4;

export interface LinkOptions {
  readonly initiator: boolean;
  /**
   * How many times longer than usual it may take to connect, 1 to `MAX_PATIENCE`: where links are lost again and again
   * because the machine or the path is slow, giving up sooner would only make it slower.
   */
  readonly patience: number;
  /** The certificate that the other side must prove. */
  readonly fingerprint: Fingerprint;
  readonly clock: Clock;
  readonly createPeer: CreatePeer;
  readonly onSignal: (data: string) => void;
  readonly onSlots: (slots: Slots) => void;
  readonly onState: (state: LinkState, path: LinkPath) => void;
  /** What the other side says of what goes over the link; it may say so as often as it likes. */
  readonly onWord: (word: Word) => void;
}

const NOTHING: Ending = () => undefined;

/**
 * One try at a media link to one member. It mends a broken path once by an ICE restart; if that does not help it is lost
 * for good, and the host opens a new one. Everything from the other side is checked here before WebRTC sees it.
 */
export class MediaLink {
  readonly #options: LinkOptions;
  readonly #peer: Peer;
  readonly #startedAt: number;
  #state: LinkState = "connecting";
  #path: LinkPath = "none";
  #timer: Ending = NOTHING;
  #signals = 0;
  /** Whether the path was up at least once. */
  #established = false;
  #recovering = false;
  /** Whether WebRTC itself holds the path for broken. */
  #broken = false;
  /** When the other side's wish for a restart was last followed, in ms of the clock. */
  #requestedAt = -Infinity;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#startedAt = options.clock.elapsed();
    this.#peer = options.createPeer({ initiator: options.initiator, listener: (event) => this.#onPeerEvent(event) });
    this.#awaitConnection();
  }

  get state(): LinkState {
    return this.#state;
  }

  get path(): LinkPath {
    return this.#path;
  }

  /** Takes a signal from the other side. What is malformed or comes out of turn is dropped. */
  receive(data: string): void {
    if (this.#state === "lost") return;
    const signal = readSignal(data);
    if (signal !== null && isWord(signal)) return this.#options.onWord(signal);
    if (++this.#signals > MAX_SIGNALS || signal === null) return;
    if (this.#take(signal) && !this.#established) this.#awaitConnection();
  }

  /** Tells the other side something of what goes over the link. */
  say(word: Word): void {
    if (this.#state !== "lost") this.#options.onSignal(JSON.stringify(word));
  }

  /** Sends one's sound twice from now on, or once; a link begins with once. */
  sendSoundTwice(twice: boolean): void {
    if (this.#state !== "lost") this.#peer.sendSoundTwice(twice);
  }

  statistics(): Promise<RTCStatsReport> {
    return this.#peer.statistics();
  }

  /** Ends the link without a word to anybody. */
  close(): void {
    this.#timer();
    this.#timer = NOTHING;
    this.#state = "lost";
    this.#peer.close();
  }

  #take(signal: Building): boolean {
    if (signal.type === "candidate") this.#peer.apply(signal);
    else if (signal.type === "restart-request") this.#restartOnRequest();
    else return this.#takeDescription(signal);
    return true;
  }

  #takeDescription(description: Description): boolean {
    const turn = this.#options.initiator
      ? description.type === "answer" && this.#peer.signalingState() === "have-local-offer"
      : description.type === "offer" && this.#peer.signalingState() === "stable";
    if (!turn) return false;
    const sdp = checkSdp(description.sdp, this.#options.fingerprint);
    if (sdp.ok) this.#peer.apply({ type: description.type, sdp: sdp.value });
    else if (sdp.error.code === "sdp-wrong-certificate") this.#lose();
    return sdp.ok;
  }

  /**
   * The other side holds the path for broken. Where this side noticed nothing, nothing would tell it that the restart helped, so it
   * sets itself no limit: who asked has one.
   */
  #restartOnRequest(): void {
    if (!this.#options.initiator || !this.#established || this.#recovering) return;
    if (this.#broken) return this.#recover();
    const now = this.#options.clock.elapsed();
    if (now - this.#requestedAt < RECOVERY_LIMIT_MS) return;
    this.#requestedAt = now;
    this.#peer.restartIce();
  }

  #onPeerEvent(event: PeerEvent): void {
    if (this.#state === "lost") return;
    switch (event.type) {
      case "signal":
        return this.#send(event.signal);
      case "slots":
        return this.#options.onSlots(event.slots);
      case "connection":
        return this.#onConnection(event.state);
      case "closed":
        this.#lose();
    }
  }

  #send(signal: unknown): void {
    const data = JSON.stringify(signal);
    const own = readSignal(data);
    // simple-peer's requests to renegotiate have no meaning here: the slots never change.
    if (own === null) return;
    if (own.type === "offer" || own.type === "answer")
      this.#options.onSignal(JSON.stringify({ type: own.type, sdp: hardenSdp(own.sdp) }));
    else this.#options.onSignal(data);
  }

  #onConnection(state: RTCPeerConnectionState): void {
    this.#broken = state === "disconnected";
    if (state === "connected") this.#onConnected();
    else if (state === "failed" || state === "closed") this.#lose();
    else if (state === "disconnected" && this.#established && !this.#recovering) {
      this.#wait(RESTART_AFTER_MS, () => this.#recover());
    }
  }

  #onConnected(): void {
    this.#timer();
    this.#timer = NOTHING;
    this.#established = true;
    this.#recovering = false;
    this.#findPath(PATH_TRIES);
  }

  /** WebRTC may say that it is connected before its statistics name the path. */
  #findPath(tries: number): void {
    const report = (path: LinkPath): void => {
      if (this.#state === "lost" || this.#recovering) return;
      if (path === "none" && tries > 1) return this.#wait(PATH_RETRY_MS, () => this.#findPath(tries - 1));
      this.#path = path === "none" ? "direct" : path;
      this.#change("connected");
    };
    this.#peer.statistics().then(
      (statistics) => report(pathOf(statistics)),
      () => report("direct"),
    );
  }

  #recover(): void {
    this.#recovering = true;
    this.#change("connecting");
    this.#wait(RECOVERY_LIMIT_MS, () => this.#lose());
    if (this.#options.initiator) this.#peer.restartIce();
    else this.#options.onSignal(JSON.stringify({ type: "restart-request" } satisfies Building));
  }

  #awaitConnection(): void {
    const passed = this.#options.clock.elapsed() - this.#startedAt;
    const { patience } = this.#options;
    const limit = Math.min(CONNECT_LIMIT_MS * patience, CONNECT_TOTAL_LIMIT_MS * patience - passed);
    this.#wait(Math.max(0, limit), () => this.#lose());
  }

  #wait(delayMs: number, then: () => void): void {
    this.#timer();
    this.#timer = this.#options.clock.after(delayMs, then);
  }

  #change(state: LinkState): void {
    this.#state = state;
    this.#options.onState(state, this.#path);
  }

  #lose(): void {
    if (this.#state === "lost") return;
    this.close();
    this.#path = "none";
    this.#options.onState("lost", "none");
  }
}
