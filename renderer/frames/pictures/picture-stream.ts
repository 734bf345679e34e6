import type { MemberId } from "../../../core/contract/parts.ts";
import type { Arrival } from "../../../core/contract/passing.ts";
import { compareSizes, FIRST_WISH, type PictureSize } from "../../../core/contract/wish.ts";
import type { EncodedLayer, PictureKind, SentPicture } from "../messages.ts";
import type { Carrier, SealedPicture } from "./carrier.ts";
import type { Attestor } from "../passing/attestor.ts";
import type { PassingPlan } from "../passing/plan.ts";
import { CAMERA_LAYERS, LayerChoice, layersFor, layersUpTo, SCREEN_LAYERS, type Layer } from "./layers.ts";
import { LatestFrame } from "./latest-frame.ts";
import { RateGovernor } from "./rate-governor.ts";
import { RunningLayer, sizeOf, type PictureSurroundings } from "./running-layer.ts";

interface Link {
  readonly carrier: Carrier;
  choice: LayerChoice;
  /** How large it is shown there. */
  wish: PictureSize;
  /** Whether its path is there: before that, encoding for it is in vain. */
  isUp: boolean;
  /** What it can carry, bit/s; null before the first measure. */
  estimate: number | null;
  /** Index of its layer; null before it is up and while it is not shown. */
  layer: number | null;
}

/** Who says that nothing comes is believed only if something was sent so shortly before, in ms. */
const SENT_LATELY_MS = 1_000;

export interface PictureStreamOptions {
  readonly kind: PictureKind;
  readonly surroundings: PictureSurroundings;
  /** By whom they reach each viewer. */
  readonly plan: PassingPlan;
  readonly attestor: Attestor;
}

/**
 * One's own camera or screen: each layer that some link gets is encoded once and sealed once, and the same bytes go out on
 * all of these links.
 */
export class PictureStream {
  readonly #kind: PictureKind;
  readonly #surroundings: PictureSurroundings;
  readonly #plan: PassingPlan;
  readonly #attestor: Attestor;
  readonly #links = new Map<MemberId, Link>();
  readonly #running = new Map<number, RunningLayer>();
  readonly #governor: RateGovernor;
  #reader: ReadableStreamDefaultReader<VideoFrame> | null = null;
  readonly #latest: LatestFrame;
  #layers: readonly Layer[];
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor({ kind, surroundings, plan, attestor }: PictureStreamOptions) {
    this.#kind = kind;
    this.#surroundings = surroundings;
    this.#plan = plan;
    this.#attestor = attestor;
    this.#latest = new LatestFrame(kind, surroundings.elapsed);
    this.#layers = this.#allLayers;
    this.#governor = new RateGovernor(surroundings.elapsed);
  }

  /** Bit/s that the link to a member spends on this now. */
  spentOn(member: MemberId): number {
    const layer = this.#links.get(member)?.layer;
    if (this.#reader === null || layer === undefined || layer === null) return 0;
    return this.#running.get(layer)?.bitsPerSecond ?? 0;
  }

  /** Pictures a second beyond which this machine cannot keep up; null while it can, or has none to encode. */
  get mostFramesPerSecond(): number | null {
    const { limit } = this.#governor;
    return this.#reader === null || limit === Number.POSITIVE_INFINITY ? null : limit;
  }

  /** Whether this machine cannot even make the fewest pictures that are worth sending. */
  get isExhausted(): boolean {
    return this.#reader !== null && this.#running.size > 0 && this.#governor.isExhausted;
  }

  /** Whether pictures go to this member. */
  sendsTo(member: MemberId): boolean {
    return this.#reader !== null && (this.#links.get(member)?.layer ?? null) !== null;
  }

  /** Every size that is encoded now, largest first. */
  layers(): readonly EncodedLayer[] {
    const running = [...this.#running].toSorted(([one], [other]) => other - one);
    return running.map(([, layer]) => layer.counts());
  }

  /** What each member gets. */
  sent(): readonly SentPicture[] {
    return [...this.#links].map(([member, link]) => {
      const layer = link.layer === null ? null : (this.#running.get(link.layer)?.counts() ?? null);
      return { member, kind: this.#kind, layer, heldBack: layer === null ? null : this.#heldBack(link) };
    });
  }

  /** Where frames come from now; null for nowhere. */
  setSource(frames: ReadableStream<VideoFrame> | null): void {
    // Fails only when the camera is gone already.
    this.#reader?.cancel().catch(() => undefined);
    this.#reader = frames?.getReader() ?? null;
    this.#latest.forget();
    this.#stopAll();
    for (const { carrier } of this.#links.values()) carrier.restart();
    this.#replan();
    // A camera that fails ends its stream; the page says what is wrong with it.
    if (this.#reader !== null) this.#read(this.#reader).catch(() => undefined);
  }

  join(member: MemberId, carrier: Carrier): void {
    const choice = new LayerChoice(this.#surroundings.elapsed);
    const wish = FIRST_WISH[this.#kind];
    this.#links.set(member, { carrier, choice, wish, isUp: false, estimate: null, layer: null });
    // On the other side of a new link there may be a new page, which has heard of no route.
    this.#plan.forget(member);
  }

  leave(member: MemberId): void {
    this.#links.delete(member);
    this.#plan.forget(member);
    this.#replan();
    this.#stopUnused();
  }

  /** What a viewer says of the way by which it gets them. */
  arrived(member: MemberId, arrival: Omit<Arrival, "kind">): void {
    const isQuiet = this.#surroundings.elapsed() - this.#sentAt > SENT_LATELY_MS;
    if (arrival.state === "silent" && isQuiet) return;
    if (this.#plan.arrived(member, arrival)) this.#replan();
  }

  /** The link is up: its pictures begin at once. */
  begin(member: MemberId): void {
    const link = this.#links.get(member);
    if (link === undefined) return;
    link.isUp = true;
    this.#replan();
    link.carrier.restart();
    this.wantKeyFrame(member, "at once");
  }

  setEstimate(member: MemberId, bitsPerSecond: number): void {
    const link = this.#links.get(member);
    if (link === undefined) return;
    link.estimate = bitsPerSecond;
    this.#replan();
  }

  /** How large the other side shows it. What is not shown is not sent, and a larger size is tried at once. */
  setWish(member: MemberId, wish: PictureSize): void {
    const link = this.#links.get(member);
    if (link === undefined || link.wish === wish) return;
    link.wish = wish;
    link.choice = new LayerChoice(this.#surroundings.elapsed);
    this.#replan();
  }

  /** Somebody on this link needs a key frame. */
  wantKeyFrame(member: MemberId, urgency: "soon" | "at once" = "soon"): void {
    const layer = this.#links.get(member)?.layer;
    if (layer !== undefined && layer !== null) this.#run(layer)?.wantKeyFrame(urgency);
  }

  #heldBack({ layer, wish }: Link): SentPicture["heldBack"] {
    const possible = layersUpTo(this.#layers, wish).length;
    if (layer !== null && layer < possible - 1) return "link";
    return possible < layersUpTo(this.#allLayers, wish).length ? "source" : null;
  }

  get #allLayers(): readonly Layer[] {
    return this.#kind === "camera" ? CAMERA_LAYERS : SCREEN_LAYERS;
  }

  /** Something has changed that decides who gets what, and by whom. */
  #replan(): void {
    const watching = [...this.#links].filter(([, { isUp, wish }]) => isUp && wish !== "none");
    const watchers = watching.map(([member, { estimate }]) => ({ member, estimate }));
    const largest =
      watching
        .map(([, { wish }]) => wish)
        .toSorted(compareSizes)
        .at(-1) ?? "none";
    const best = layersUpTo(this.#layers, largest).at(-1) ?? null;
    this.#plan.update(watchers, this.#reader === null ? null : best);
    this.#attestor.isOn = this.#plan.isOn;
    for (const member of this.#links.keys()) this.#assign(member);
  }

  /** How large it must be for this viewer and for those who get it from there. */
  #shownBy(member: MemberId, own: PictureSize): PictureSize {
    const below = this.#plan.below(member).map((one) => this.#links.get(one)?.wish ?? "none");
    return below.reduce((most, size) => (compareSizes(size, most) > 0 ? size : most), own);
  }

  #assign(member: MemberId): void {
    const link = this.#links.get(member);
    if (link === undefined || !link.isUp) return;
    const shown = this.#plan.goesDirectly(member) ? this.#shownBy(member, link.wish) : "none";
    const layers = layersUpTo(this.#layers, shown);
    const layer = layers.length === 0 ? null : link.choice.choose(layers, link.estimate);
    if (layer === link.layer) return;
    link.layer = layer;
    this.#stopUnused();
    if (layer === null) return;
    link.carrier.restart();
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
        if (value !== this.#latest.value?.frame) value.close();
        // What fails on one frame costs this frame and its encoders, not the camera.
        this.#stopAll();
      }
    }
  }

  #take(frame: VideoFrame): void {
    this.#latest.take(frame);
    const layers = layersFor(this.#allLayers, sizeOf(frame));
    if (layers.length !== this.#layers.length) {
      const { elapsed } = this.#surroundings;
      // A size that the camera did not give before is tried at once, as one that is asked for anew.
      if (layers.length > this.#layers.length)
        for (const link of this.#links.values()) link.choice = new LayerChoice(elapsed);
      this.#layers = layers;
      this.#replan();
    }
    for (const index of this.#usedLayers()) this.#run(index)?.take(frame);
    if (frame !== this.#latest.value?.frame) frame.close();
  }

  #run(index: number): RunningLayer | null {
    const layer = this.#allLayers[index];
    if (layer === undefined) return null;
    const running =
      this.#running.get(index) ??
      new RunningLayer({
        layer,
        kind: this.#kind,
        surroundings: this.#surroundings,
        governor: this.#governor,
        latest: () => this.#latest.value,
        carried: () => this.#weakest(index),
        attestation: (isKeyFrame) => this.#attestor.take(index, isKeyFrame),
        isPassedOn: () => this.#plan.isOn,
        onPicture: (picture) => this.#send(index, picture),
      });
    this.#running.set(index, running);
    return running;
  }

  /** What the weakest of a layer's links can carry. */
  #weakest(index: number): number | null {
    const links = [...this.#links.values()].filter(({ layer }) => layer === index);
    const estimates = links.map(({ estimate }) => estimate).filter((estimate) => estimate !== null);
    return estimates.length === 0 ? null : Math.min(...estimates);
  }

  #send(index: number, picture: SealedPicture | null): void {
    if (picture !== null) {
      this.#sentAt = this.#surroundings.elapsed();
      void this.#attestor.record(new Uint8Array(picture.data));
    }
    for (const { layer, carrier } of this.#links.values()) {
      if (layer !== index) continue;
      if (picture === null) carrier.lost();
      else carrier.offer(picture);
    }
  }

  #usedLayers(): Set<number> {
    return new Set([...this.#links.values()].map(({ layer }) => layer).filter((layer) => layer !== null));
  }

  #stopUnused(): void {
    const used = this.#usedLayers();
    for (const index of [...this.#running.keys()]) if (!used.has(index)) this.#stop(index);
  }

  #stopAll(): void {
    for (const index of [...this.#running.keys()]) this.#stop(index);
  }

  #stop(index: number): void {
    this.#running.get(index)?.stop();
    this.#running.delete(index);
  }
}
