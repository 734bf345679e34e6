import type { MemberId } from "../../../core/contract/parts.ts";
import type { Ending } from "../../../core/base/scope.ts";
import { clearBytesOf } from "../clear-bytes.ts";
import type { Keyring } from "../keyring.ts";
import type { PictureKind } from "../messages.ts";
import type { Carrier } from "./carrier.ts";
import { FrameRate } from "./frame-rate.ts";
import { KeyFramePace } from "./key-frame-pace.ts";
import { LayerEncoder, type EncodedPicture, type Encoding } from "./layer-encoder.ts";
import { CAMERA_LAYERS, LayerChoice, layersFor, SCREEN_LAYERS, sizeWithin, type Layer } from "./layers.ts";
import { RateGovernor } from "./rate-governor.ts";

/** How much later than the last one a picture is said to be that is encoded a second time, in microseconds. */
const AGAIN_AFTER_US = 5_000;
/** The least share of a layer's bitrate at a low frame rate, and the steps of that share. */
const MIN_RATE_SHARE = 0.4;
const RATE_STEP = 0.2;

export interface PictureSurroundings {
  readonly keyring: Keyring;
  /** Milliseconds that never go back. */
  readonly elapsed: () => number;
  readonly after: (ms: number, then: () => void) => Ending;
}

interface Link {
  readonly carrier: Carrier;
  readonly choice: LayerChoice;
  /** Whether its path is there: before that, encoding for it is in vain. */
  isUp: boolean;
  /** What it can carry, bit/s; null before the first measure. */
  estimate: number | null;
  /** Index of its layer; null before it is up. */
  layer: number | null;
}

interface RunningLayer {
  readonly encoder: LayerEncoder;
  readonly pace: KeyFramePace;
  readonly rate: FrameRate;
  /** Microseconds of the latest frame that was encoded. */
  timestamp: number;
  /** Ends when every picture encoded so far is on its way, so that encryption cannot change their order. */
  turn: Promise<void>;
  retry: Ending | null;
}

interface Latest {
  readonly frame: VideoFrame;
  readonly at: number;
}

/**
 * One's own camera or screen: each layer that some link gets is encoded once and sealed once, and the same bytes go out on
 * all of these links.
 */
export class PictureStream {
  readonly #kind: PictureKind;
  readonly #surroundings: PictureSurroundings;
  readonly #links = new Map<MemberId, Link>();
  readonly #running = new Map<number, RunningLayer>();
  readonly #governor: RateGovernor;
  #reader: ReadableStreamDefaultReader<VideoFrame> | null = null;
  #latest: Latest | null = null;
  #layers: readonly Layer[];

  constructor(kind: PictureKind, surroundings: PictureSurroundings) {
    this.#kind = kind;
    this.#surroundings = surroundings;
    this.#layers = this.#allLayers;
    this.#governor = new RateGovernor(surroundings.elapsed);
  }

  /** Whether there are pictures to send. */
  get isLive(): boolean {
    return this.#reader !== null;
  }

  /** Bit/s that the link to a member spends on this now. */
  spentOn(member: MemberId): number {
    const link = this.#links.get(member);
    return !this.isLive || link === undefined || link.layer === null ? 0 : this.#bitrate(link.layer);
  }

  /** Where frames come from now; null for nowhere. */
  setSource(frames: ReadableStream<VideoFrame> | null): void {
    // Fails only when the camera is gone already.
    this.#reader?.cancel().catch(() => undefined);
    this.#reader = frames?.getReader() ?? null;
    this.#forgetLatest();
    for (const index of [...this.#running.keys()]) this.#stop(index);
    for (const { carrier } of this.#links.values()) carrier.restart();
    // A camera that fails ends its stream; the page says what is wrong with it.
    if (this.#reader !== null) this.#read(this.#reader).catch(() => undefined);
  }

  join(member: MemberId, carrier: Carrier): void {
    const choice = new LayerChoice(this.#surroundings.elapsed);
    this.#links.set(member, { carrier, choice, isUp: false, estimate: null, layer: null });
  }

  leave(member: MemberId): void {
    this.#links.delete(member);
    this.#stopUnused();
  }

  /** The link is up: its pictures begin at once. */
  begin(member: MemberId): void {
    const link = this.#links.get(member);
    if (link === undefined) return;
    link.isUp = true;
    this.#assign(member);
    link.carrier.restart();
    this.wantKeyFrame(member, "at once");
  }

  setEstimate(member: MemberId, bitsPerSecond: number): void {
    const link = this.#links.get(member);
    if (link === undefined) return;
    link.estimate = bitsPerSecond;
    this.#assign(member);
  }

  /** Somebody on this link needs a key frame. */
  wantKeyFrame(member: MemberId, urgency: "soon" | "at once" = "soon"): void {
    const layer = this.#links.get(member)?.layer;
    if (layer === undefined || layer === null) return;
    const running = this.#run(layer);
    running.pace.want(urgency);
    this.#encodeAgain(layer, running);
  }

  get #allLayers(): readonly Layer[] {
    return this.#kind === "camera" ? CAMERA_LAYERS : SCREEN_LAYERS;
  }

  #assign(member: MemberId): void {
    const link = this.#links.get(member);
    if (link === undefined || !link.isUp) return;
    const layer = link.choice.choose(this.#layers, link.estimate);
    if (layer === link.layer) return;
    const first = link.layer === null;
    link.layer = layer;
    this.#stopUnused();
    if (!first) link.carrier.restart();
    this.wantKeyFrame(member, "at once");
  }

  async #read(reader: ReadableStreamDefaultReader<VideoFrame>): Promise<void> {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (this.#reader !== reader) return value.close();
      try {
        this.#take(value);
      } catch {
        // What fails on one frame costs this frame and its encoders, not the camera.
        for (const index of [...this.#running.keys()]) this.#stop(index);
      }
    }
  }

  #take(frame: VideoFrame): void {
    this.#forgetLatest();
    this.#latest = { frame, at: this.#surroundings.elapsed() };
    const layers = layersFor(this.#allLayers, sizeOf(frame));
    if (layers.length !== this.#layers.length) {
      this.#layers = layers;
      for (const member of this.#links.keys()) this.#assign(member);
    }
    for (const index of this.#usedLayers()) {
      const running = this.#run(index);
      if (this.#isDue(index, running, frame)) this.#encode(index, running, frame);
    }
  }

  #isDue(index: number, running: RunningLayer, frame: VideoFrame): boolean {
    const rate = Math.min(this.#layers[index]?.framesPerSecond ?? 0, this.#governor.limit);
    const isLater = frame.timestamp > running.timestamp;
    return isLater && !running.encoder.isBusy && running.rate.admits(frame.timestamp, rate);
  }

  /** Encodes the latest frame once more if a key frame is due now: a shared screen may not change for minutes. */
  #encodeAgain(index: number, running: RunningLayer): void {
    running.retry?.();
    running.retry = null;
    if (this.#latest === null) return;
    const due = running.pace.dueInMs();
    if (due === null) return;
    if (due > 0) {
      running.retry = this.#surroundings.after(due, () => this.#encodeAgain(index, running));
      return;
    }
    const { frame, at } = this.#latest;
    const now = frame.timestamp + Math.round((this.#surroundings.elapsed() - at) * 1000);
    const again = new VideoFrame(frame, { timestamp: Math.max(now, running.timestamp + AGAIN_AFTER_US) });
    this.#encode(index, running, again);
    again.close();
  }

  #encode(index: number, running: RunningLayer, frame: VideoFrame): void {
    const layer = this.#layers[index];
    if (layer === undefined) return;
    if (running.pace.take()) running.encoder.makeKeyFrame();
    running.timestamp = frame.timestamp;
    running.encoder.encode(frame, this.#encodingOf(layer, index, frame));
  }

  #encodingOf(layer: Layer, index: number, frame: VideoFrame): Encoding {
    return {
      ...sizeWithin(layer, sizeOf(frame)),
      bitsPerSecond: this.#bitrate(index),
      framesPerSecond: layer.framesPerSecond,
      content: this.#kind === "camera" ? "motion" : "detail",
    };
  }

  /** What the weakest of a layer's links can carry. */
  #bitrate(index: number): number {
    const layer = this.#layers[index];
    if (layer === undefined) return 0;
    const estimates = [...this.#links.values()]
      .filter((link) => link.layer === index)
      .map(({ estimate }) => estimate ?? layer.most);
    return Math.max(layer.least, Math.min(layer.most * this.#rateShare(index), ...estimates));
  }

  /** Fewer pictures need fewer bits. In steps, so that the encoder is not told anew all the time. */
  #rateShare(index: number): number {
    const rate = this.#layers[index]?.framesPerSecond ?? 1;
    const share = (this.#running.get(index)?.rate.measured(rate) ?? rate) / rate;
    return Math.min(1, Math.max(MIN_RATE_SHARE, Math.round(share / RATE_STEP) * RATE_STEP));
  }

  #onEncoded(index: number, running: RunningLayer, picture: EncodedPicture): void {
    const rate = this.#layers[index]?.framesPerSecond ?? 0;
    this.#governor.took(picture.tookMs, running.rate.measured(rate));
    this.#seal(index, running, picture);
  }

  #seal(index: number, running: RunningLayer, picture: EncodedPicture): void {
    const { sealer } = this.#surroundings.keyring;
    const sealing = sealer?.seal(picture.bytes, clearBytesOf(this.#kind, picture.bytes)) ?? null;
    running.turn = Promise.all([sealing, running.turn]).then(
      ([sealed]) => this.#send(index, running, picture, sealed),
      () => this.#send(index, running, picture, null),
    );
  }

  /** Nothing leaves unsealed: without a key the picture is lost for everybody. */
  #send(
    index: number,
    running: RunningLayer,
    { isKeyFrame, timestamp }: EncodedPicture,
    sealed: Uint8Array<ArrayBuffer> | null,
  ): void {
    // A picture of an encoder that was stopped does not fit behind the key frame of the next one.
    if (this.#running.get(index) !== running) return;
    for (const { layer, carrier } of this.#links.values()) {
      if (layer !== index) continue;
      if (sealed === null) carrier.lost();
      else carrier.offer({ isKeyFrame, timestamp, data: sealed.buffer });
    }
  }

  #run(index: number): RunningLayer {
    const present = this.#running.get(index);
    if (present !== undefined) return present;
    const running: RunningLayer = {
      encoder: new LayerEncoder(this.#surroundings.elapsed, (picture) => this.#onEncoded(index, running, picture)),
      pace: new KeyFramePace(this.#surroundings.elapsed),
      rate: new FrameRate(),
      timestamp: Number.NEGATIVE_INFINITY,
      turn: Promise.resolve(),
      retry: null,
    };
    this.#running.set(index, running);
    return running;
  }

  #usedLayers(): Set<number> {
    return new Set([...this.#links.values()].map(({ layer }) => layer).filter((layer) => layer !== null));
  }

  #stopUnused(): void {
    const used = this.#usedLayers();
    for (const index of [...this.#running.keys()]) if (!used.has(index)) this.#stop(index);
  }

  #stop(index: number): void {
    const running = this.#running.get(index);
    this.#running.delete(index);
    running?.retry?.();
    running?.encoder.close();
  }

  #forgetLatest(): void {
    this.#latest?.frame.close();
    this.#latest = null;
  }
}

function sizeOf(frame: VideoFrame): { width: number; height: number } {
  return { width: frame.displayWidth, height: frame.displayHeight };
}
