import { Emitter } from "../../../core/base/emitter.ts";
import type { Ending } from "../../../core/base/scope.ts";
import type { KeyMessage } from "../../../core/contract/key-messages.ts";
import type { MediaDirective, MediaReport } from "../../../core/contract/media-messages.ts";
import type { Fingerprint, MediaKind, MemberId } from "../../../core/contract/parts.ts";
import { SILENCE } from "../../../core/contract/voice-level.ts";
import { FIRST_WISH, type Wish } from "../../../core/contract/wish.ts";
import { MediaLinks, type OpenedLink } from "../../../core/media/links.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import { Counts, emptyTally } from "../../../renderer/frames/counts.ts";
import { KeyFrameGate } from "../../../renderer/frames/key-frames.ts";
import { Keyring } from "../../../renderer/frames/keyring.ts";
import type { FrameCounts } from "../../../renderer/frames/messages.ts";
import { FrameOpening } from "../../../renderer/frames/open-frames.ts";
import { Recipients } from "../../../renderer/frames/recipients.ts";
import { FrameSealing } from "../../../renderer/frames/seal-frames.ts";
import { isVp8KeyFrame } from "../../../renderer/frames/clear-bytes.ts";
import { Voices } from "../../../renderer/frames/voice.ts";
import type { BotCertificate } from "./certificate.ts";
import { type BotStreams, createBotPeerFactory, streamsOf } from "./peer.ts";
import { PICTURE_RATE, type Recordings, SOUND_MS } from "./recordings.ts";
import { packetizeVp8, type RtpPacket, Vp8Assembler } from "./rtp.ts";

interface BotMediaOptions {
  readonly certificate: BotCertificate;
  readonly clock: Clock;
  readonly recordings?: Recordings;
  readonly level?: number;
}

type Layer = "small" | "middle" | "full";

interface OpenLink {
  readonly streams: BotStreams;
  connected: boolean;
  wish: Wish;
  /** What is on its way; another layer begins at a key frame. */
  layer: Layer | null;
}

const SOUND_TICKS = (48_000 * SOUND_MS) / 1_000;
const PICTURE_TICKS = 90_000 / PICTURE_RATE;

/** Seals what is played once for everybody, and opens what comes, in the same rooms as the frames worker. */
export class BotMedia {
  readonly #clock: Clock;
  readonly #links: MediaLinks;
  readonly #open = new Map<MemberId, OpenLink>();
  readonly #reports = new Emitter<MediaReport>();
  readonly #keyring = new Keyring();
  readonly #recipients = new Recipients();
  readonly #counts = new Counts();
  readonly #voices: Voices;
  readonly #sealing: Readonly<Record<MediaKind, FrameSealing>>;
  readonly #timers: Ending[] = [];
  readonly fingerprint: Fingerprint;

  constructor({ certificate, clock, recordings, level = SILENCE }: BotMediaOptions) {
    this.fingerprint = certificate.fingerprint;
    this.#clock = clock;
    this.#voices = new Voices(() => clock.elapsed());
    this.#voices.own = level;
    const seal = (kind: MediaKind): FrameSealing =>
      new FrameSealing({ kind, keyring: this.#keyring, voices: this.#voices, tally: emptyTally(), gate: null });
    this.#sealing = { microphone: seal("microphone"), camera: seal("camera"), screen: seal("screen") };
    this.#links = new MediaLinks({
      clock,
      createPeer: createBotPeerFactory(certificate),
      report: (report) => this.#report(report),
      onSlots: (link) => this.#join(link),
      onClosed: (member) => this.#part(member),
      onWish: (member, wish) => {
        const link = this.#open.get(member);
        if (link !== undefined) link.wish = wish;
      },
    });
    if (recordings !== undefined) this.#play(recordings);
  }

  subscribeReports(listener: (report: MediaReport) => void): Ending {
    return this.#reports.subscribe(listener);
  }

  apply(directive: MediaDirective): void {
    this.#links.apply(directive);
  }

  async takeKey(message: KeyMessage): Promise<void> {
    if (message.type === "recipients") this.#recipients.set(message.members);
    else await this.#keyring.apply(message);
  }

  /** What was opened and dropped of each member. */
  counts(): readonly FrameCounts[] {
    return this.#counts.all();
  }

  /** Tells one member what to send. */
  wish(member: MemberId, wish: Wish): void {
    this.#links.get(member)?.wish(wish);
  }

  close(): void {
    for (const end of this.#timers.splice(0)) end();
    this.#links.closeAll();
    this.#keyring.forgetAll();
  }

  #report(report: MediaReport): void {
    if (report.type === "link-state") {
      const link = this.#open.get(report.member);
      if (link !== undefined) link.connected = report.state === "connected";
    }
    this.#reports.emit(report);
  }

  #part(member: MemberId): void {
    this.#open.delete(member);
    this.#counts.forget(member);
    this.#voices.forget(member);
  }

  #join({ member, generation, slots }: OpenedLink): void {
    const streams = streamsOf(slots);
    this.#open.set(member, { streams, connected: false, wish: FIRST_WISH, layer: null });
    const opening = (kind: MediaKind): ((bytes: Uint8Array<ArrayBuffer>) => void) => {
      const ask = (): void => streams.askKeyFrame(kind);
      const gate = kind === "microphone" ? null : new KeyFrameGate({ ask, elapsed: () => this.#clock.elapsed() });
      const tally = this.#counts.tallyFor({ member, generation, kind });
      const opener = new FrameOpening(member, { kind, keyring: this.#keyring, voices: this.#voices, tally, gate });
      let turn: Promise<unknown> = Promise.resolve();
      return (bytes) => {
        const before = turn.then(() => undefined);
        turn = opener.handle({ data: bytes.buffer }, before).catch(() => opener.lost());
      };
    };
    const sound = opening("microphone");
    const camera = this.#assembling(opening("camera"), () => streams.askKeyFrame("camera"));
    const screen = this.#assembling(opening("screen"), () => streams.askKeyFrame("screen"));
    streams.onPacket = (kind, packet) => {
      if (kind === "microphone") sound(Uint8Array.from(packet.payload));
      else if (kind === "camera") camera(packet);
      else screen(packet);
    };
  }

  #assembling(open: (frame: Uint8Array<ArrayBuffer>) => void, ask: () => void): (packet: RtpPacket) => void {
    const assembler = new Vp8Assembler(ask);
    return (packet) => {
      const frame = assembler.take(packet);
      if (frame !== null) open(frame);
    };
  }

  #play({ small, middle, full, sound }: Recordings): void {
    // No two bots speak and move at the same moment.
    const begin = Math.floor(Math.random() * 10_000);
    let said = begin;
    this.#every(SOUND_MS, () => void this.#playSound(sound[said % sound.length], (said++ * SOUND_TICKS) % 2 ** 32));
    let shown = begin;
    this.#every(1_000 / PICTURE_RATE, () => {
      const at = shown++;
      const timestamp = (at * PICTURE_TICKS) % 2 ** 32;
      void this.#playPicture("small", small[at % small.length], { at, timestamp });
      void this.#playPicture("middle", middle[at % middle.length], { at, timestamp });
      void this.#playPicture("full", full[at % full.length], { at, timestamp });
    });
  }

  async #playSound(packet: Uint8Array | undefined, timestamp: number): Promise<void> {
    const frame = { data: Uint8Array.from(packet ?? []).buffer };
    if (this.#open.size === 0 || !(await this.#sealing.microphone.handle(frame))) return;
    const payloads = [new Uint8Array(frame.data)];
    for (const [member, { streams, connected }] of this.#open) {
      if (connected && this.#recipients.has(member)) streams.send("microphone", payloads, timestamp);
    }
  }

  /** Each layer is sealed once for all who want it, and not at all while nobody does. */
  async #playPicture(
    layer: Layer,
    picture: Uint8Array | undefined,
    { at, timestamp }: { readonly at: number; readonly timestamp: number },
  ): Promise<void> {
    const bytes = Uint8Array.from(picture ?? []);
    const viewers = [...this.#open].filter(([member, link]) => this.#sees(member, link, layer, isVp8KeyFrame(bytes)));
    const frame = { data: bytes.buffer };
    if (viewers.length === 0 || !(await this.#sealing.camera.handle(frame))) return;
    const payloads = packetizeVp8(new Uint8Array(frame.data), at);
    for (const [member, { streams }] of viewers) {
      if (this.#recipients.has(member)) streams.send("camera", payloads, timestamp);
    }
  }

  #sees(member: MemberId, link: OpenLink, layer: Layer, isKeyFrame: boolean): boolean {
    if (!link.connected || !this.#recipients.has(member)) return false;
    const wanted = link.wish.camera === "none" ? null : link.wish.camera;
    if (wanted === null) link.layer = null;
    else if (isKeyFrame) link.layer = wanted;
    return link.layer === layer;
  }

  /** Keeps its pace over time: a late turn is followed by an earlier one. */
  #every(ms: number, act: () => void): void {
    let next = this.#clock.elapsed() + ms;
    let end: Ending = () => undefined;
    const turn = (): void => {
      next = Math.max(next + ms, this.#clock.elapsed());
      end = this.#clock.after(next - this.#clock.elapsed(), turn);
      act();
    };
    end = this.#clock.after(ms, turn);
    this.#timers.push(() => end());
  }
}
