import { Emitter } from "../../../core/base/emitter.ts";
import type { Ending } from "../../../core/base/scope.ts";
import type { KeyMessage } from "../../../core/contract/key-messages.ts";
import type { MediaDirective, MediaReport } from "../../../core/contract/media-messages.ts";
import type { Fingerprint, MediaKind, MemberId } from "../../../core/contract/parts.ts";
import { SILENCE } from "../../../core/contract/voice-level.ts";
import { FIRST_WISH, type Wish } from "../../../core/contract/wish.ts";
import { passedKinds } from "../../../core/contract/passing.ts";
import { MediaLinks, type OpenedLink } from "../../../core/media/links.ts";
import type { Word } from "../../../core/media/signals.ts";
import type { SlotKind } from "../../../core/media/slots.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import { Counts, emptyTally } from "../../../renderer/frames/counts.ts";
import { KeyFrameGate } from "../../../renderer/frames/key-frames.ts";
import { Keyring } from "../../../renderer/frames/keyring.ts";
import type { FrameCounts } from "../../../renderer/frames/messages.ts";
import { type ArrivedFrame, FrameOpening, type OpeningParts } from "../../../renderer/frames/open-frames.ts";
import type { FrameHandler } from "../../../renderer/frames/frame-stream.ts";
import type { SealedPicture } from "../../../renderer/frames/pictures/carrier.ts";
import { Recipients } from "../../../renderer/frames/recipients.ts";
import { FrameSealing } from "../../../renderer/frames/seal-frames.ts";
import { isVp8KeyFrame } from "../../../renderer/frames/clear-bytes.ts";
import { Voices } from "../../../renderer/frames/voice.ts";
import { BotPassing } from "./bot-passing.ts";
import type { BotCertificate } from "./certificate.ts";
import { type BotStreams, createBotPeerFactory, streamsOf } from "./peer.ts";
import { PICTURE_RATE, type Recordings, SOUND_MS } from "./recordings.ts";
import { packetizeVp8, type RtpPacket, Vp8Assembler } from "./rtp.ts";

interface BotMediaOptions {
  readonly certificate: BotCertificate;
  readonly clock: Clock;
  readonly recordings?: Recordings;
  readonly level?: number;
  /** What it says that it can pass on of others' pictures, in bit/s; nothing unless told. */
  readonly room?: number;
}

type Layer = "small" | "middle" | "full";

interface OpenLink {
  readonly streams: BotStreams;
  connected: boolean;
  wish: Wish;
  /** What is on its way; another layer begins at a key frame. */
  layer: Layer | null;
  /** Pictures that were passed on by each spare stream, as WebRTC counts them. */
  passed: number;
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
  readonly #pictures = new Map<MemberId, number>();
  readonly #voices: Voices;
  readonly #sealing: Readonly<Record<"microphone" | Layer, FrameSealing>>;
  readonly passing: BotPassing;
  readonly #timers: Ending[] = [];
  readonly fingerprint: Fingerprint;

  constructor({ certificate, clock, recordings, level = SILENCE, room = 0 }: BotMediaOptions) {
    this.fingerprint = certificate.fingerprint;
    this.#clock = clock;
    this.#voices = new Voices(() => clock.elapsed());
    this.#voices.own = level;
    const seal = (kind: MediaKind): FrameSealing =>
      new FrameSealing({ kind, keyring: this.#keyring, voices: this.#voices, tally: emptyTally(), gate: null });
    this.#sealing = {
      microphone: seal("microphone"),
      small: seal("camera"),
      middle: seal("camera"),
      full: seal("camera"),
    };
    this.#links = new MediaLinks({
      clock,
      createPeer: createBotPeerFactory(certificate),
      report: (report) => this.#report(report),
      onSlots: (link) => this.#join(link),
      onClosed: (member) => this.#part(member),
      onWord: (member, word) => this.#hear(member, word),
    });
    this.passing = new BotPassing({
      clock,
      keyring: this.#keyring,
      room,
      say: (member, word) => this.#links.get(member)?.say(word),
      send: (to, slot, picture) => this.#sendOn(to, slot, picture),
    });
    this.passing.shown.subscribe(({ of: { origin, kind } }) => {
      if (kind === "camera") this.#pictures.set(origin, this.pictures(origin) + 1);
    });
    this.passing.watch((ms, act) => this.#every(ms, act));
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

  /** Camera pictures of a member that were opened, by whomever they came. */
  pictures(member: MemberId): number {
    return this.#pictures.get(member) ?? 0;
  }

  /** Tells one member what to send. */
  wish(member: MemberId, wish: Wish): void {
    this.#links.get(member)?.say({ type: "wish", ...wish });
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
      if (report.state === "connected") this.passing.talk.linkUp(report.member);
    }
    this.#reports.emit(report);
  }

  #part(member: MemberId): void {
    this.#open.delete(member);
    this.#counts.forget(member);
    this.#voices.forget(member);
    this.passing.talk.linkReplaced(member);
    this.passing.arrivals.forget(member);
  }

  #hear(member: MemberId, word: Word): void {
    const link = this.#open.get(member);
    if (word.type !== "wish") this.passing.talk.hear(member, word);
    else if (link !== undefined) link.wish = { camera: word.camera, screen: word.screen };
  }

  #sendOn(to: MemberId, slot: number, { data, timestamp }: SealedPicture): void {
    const link = this.#open.get(to);
    const kind = passedKinds[slot];
    if (link === undefined || kind === undefined || !link.connected || !this.#recipients.has(to)) return;
    const payloads = packetizeVp8(new Uint8Array(data), link.passed++);
    link.streams.send(kind, payloads, Math.round((timestamp * 9) / 100) % 2 ** 32);
  }

  #join({ member, generation, slots }: OpenedLink): void {
    const streams = streamsOf(slots);
    this.passing.talk.linkReplaced(member);
    this.#open.set(member, { streams, connected: false, wish: FIRST_WISH, layer: null, passed: 0 });
    const { arrivals } = this.passing;
    const gateOf = (kind: SlotKind): KeyFrameGate =>
      new KeyFrameGate({ ask: () => streams.askKeyFrame(kind), elapsed: () => this.#clock.elapsed() });
    const parts = (kind: SlotKind): Omit<OpeningParts, "kind" | "path"> => ({
      keyring: this.#keyring,
      voices: this.#voices,
      tally: this.#counts.tallyFor({ member, generation, kind }),
      gate: kind === "microphone" ? null : gateOf(kind),
    });
    const ask = (kind: SlotKind) => (): void => streams.askKeyFrame(kind);
    const sound = inTurn(
      new FrameOpening(member, {
        ...parts("microphone"),
        kind: "microphone",
        onOpened: ({ header }) => arrivals.heard(member, header),
      }),
    );
    const own = (kind: "camera" | "screen"): FrameHandler<ArrivedFrame> =>
      new FrameOpening(member, {
        ...parts(kind),
        kind,
        onOpened: (opened) => arrivals.cameDirectly({ origin: member, kind }, opened, ask(kind)),
      });
    const pictures = new Map<SlotKind, (packet: RtpPacket) => void>();
    for (const kind of ["camera", "screen"] as const) pictures.set(kind, this.#assembling(own(kind), ask(kind)));
    for (const [slot, kind] of passedKinds.entries()) {
      const handler = arrivals.opening({ member, slot }, { ...parts(kind), ask: ask(kind) });
      pictures.set(kind, this.#assembling(handler, ask(kind)));
    }
    streams.onPacket = (kind, packet) => {
      if (kind === "microphone") sound({ data: Uint8Array.from(packet.payload).buffer });
      else pictures.get(kind)?.(packet);
    };
  }

  #assembling(handler: FrameHandler<ArrivedFrame>, lost: () => void): (packet: RtpPacket) => void {
    const open = inTurn(handler);
    const assembler = new Vp8Assembler(lost);
    return (packet) => {
      const frame = assembler.take(packet);
      if (frame === null) return;
      open({ data: frame.buffer, getMetadata: () => ({ rtpTimestamp: packet.timestamp }) });
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
    if (viewers.length === 0 || !(await this.#sealing[layer].handle(frame))) return;
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

/** Gives a handler frames in their order. */
function inTurn(handler: FrameHandler<ArrivedFrame>): (frame: ArrivedFrame) => void {
  let turn: Promise<void> = Promise.resolve();
  return (frame) => {
    const before = turn;
    turn = handler.handle(frame, before).then(
      () => undefined,
      () => handler.lost(),
    );
  };
}
