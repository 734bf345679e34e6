import type { MemberId } from "../../../core/contract/parts.ts";
import type { Arrival, Route } from "../../../core/contract/passing.ts";
import type { FrameSigner } from "../../../core/crypto/frame-signing.ts";
import type { Wish } from "../../../core/contract/wish.ts";
import type { Tally } from "../counts.ts";
import type { FrameHandler } from "../frame-stream.ts";
import type { PictureKind, SendingCounts, Strain } from "../messages.ts";
import { Carrier, type TickFrame } from "./carrier.ts";
import { CAMERA_LAYERS } from "./layers.ts";
import { Attestor } from "../passing/attestor.ts";
import { PassingPlan } from "../passing/plan.ts";
import { PictureStream } from "./picture-stream.ts";
import type { PictureSurroundings } from "./running-layer.ts";
import { tickWriter } from "./tick-frame.ts";

/** What the smallest picture needs, in bit/s. */
const LEAST_OF_ALL = Math.min(...CAMERA_LAYERS.map(({ least }) => least));

export interface CarrierPlace {
  readonly member: MemberId;
  readonly generation: number;
  readonly kind: PictureKind;
}

export interface PicturesOptions {
  readonly surroundings: PictureSurroundings;
  /** Null where nothing can be signed: then nobody passes on. */
  readonly signer: () => FrameSigner | null;
  /** A viewer must hear by whom it gets the pictures. */
  readonly tellRoute: (member: MemberId, route: Route) => void;
}

interface Placed {
  readonly generation: number;
  readonly carrier: Carrier;
}

/** One's own pictures of both kinds and the links they go out on. */
export class Pictures {
  readonly #streams: Readonly<Record<PictureKind, PictureStream>>;
  readonly #carriers: Readonly<Record<PictureKind, Map<MemberId, Placed>>> = { camera: new Map(), screen: new Map() };
  readonly #after: PictureSurroundings["after"];
  /** What each link carries of pictures, in bit/s. */
  readonly #estimates = new Map<MemberId, number>();
  /** What each member can pass on, in bit/s. */
  readonly #rooms = new Map<MemberId, number>();

  constructor({ surroundings, signer, tellRoute }: PicturesOptions) {
    this.#after = surroundings.after;
    const { elapsed } = surroundings;
    const roomOf = (member: MemberId): number => (signer() === null ? 0 : (this.#rooms.get(member) ?? 0));
    const streamOf = (kind: PictureKind): PictureStream =>
      new PictureStream({
        kind,
        surroundings,
        plan: new PassingPlan({ kind, elapsed, roomOf, tell: tellRoute }),
        attestor: new Attestor({ kind, elapsed, signer }),
      });
    this.#streams = { camera: streamOf("camera"), screen: streamOf("screen") };
  }

  /** What a member can pass on of others' pictures, in bit/s. */
  setRoom(member: MemberId, bitsPerSecond: number): void {
    this.#rooms.set(member, bitsPerSecond);
  }

  /** What a viewer says of the way by which it gets them. */
  arrived(member: MemberId, arrival: Arrival): void {
    this.#streams[arrival.kind].arrived(member, arrival);
  }

  /** What is left of all links together after one's own pictures, in bit/s. */
  get room(): number {
    const spent = [...this.#estimates.keys()].reduce(
      (sum, member) => sum + this.#streams.screen.spentOn(member) + this.#streams.camera.spentOn(member),
      0,
    );
    return Math.max(0, [...this.#estimates.values()].reduce((sum, estimate) => sum + estimate, 0) - spent);
  }

  setSource(kind: PictureKind, frames: ReadableStream<VideoFrame> | null): void {
    this.#streams[kind].setSource(frames);
  }

  /** Pictures of this kind go to this member by this link from now on. */
  addCarrier({ member, generation, kind }: CarrierPlace, ticks: WritableStream<VideoFrame>, tally: Tally): void {
    const carrier = new Carrier({
      tally,
      after: this.#after,
      tick: tickWriter(ticks),
      onKeyFrameWanted: () => this.#streams[kind].wantKeyFrame(member),
    });
    this.#carriers[kind].get(member)?.carrier.close();
    this.#carriers[kind].set(member, { generation, carrier });
    this.#streams[kind].join(member, carrier);
  }

  /** Replaces the frames of one link's encoder. Those of a link without a carrier are dropped. */
  carrying({ member, generation, kind }: CarrierPlace): FrameHandler<TickFrame> {
    const carrier = (): Carrier | null => {
      const placed = this.#carriers[kind].get(member);
      return placed?.generation === generation ? placed.carrier : null;
    };
    return {
      handle: (frame) => carrier()?.handle(frame) ?? Promise.resolve(false),
      lost: () => carrier()?.lost(),
    };
  }

  linkUp(member: MemberId): void {
    this.#streams.screen.begin(member);
    this.#streams.camera.begin(member);
  }

  /** What the link can carry: the screen's text comes before the camera. */
  setEstimate(member: MemberId, bitsPerSecond: number): void {
    this.#estimates.set(member, bitsPerSecond);
    this.#streams.screen.setEstimate(member, bitsPerSecond);
    const rest = Math.max(0, bitsPerSecond - this.#streams.screen.spentOn(member));
    this.#streams.camera.setEstimate(member, rest);
  }

  /** How large a member shows them. */
  setWish(member: MemberId, { camera, screen }: Wish): void {
    this.#streams.screen.setWish(member, screen);
    this.#streams.camera.setWish(member, camera);
  }

  /** What is too much. A link on which nothing is sent says nothing: its estimate grows only on what is sent. */
  strain(): Strain {
    const streams = Object.values(this.#streams);
    const sending = [...this.#estimates].filter(([member]) => streams.some((stream) => stream.sendsTo(member)));
    const starved = sending.filter(([, bitsPerSecond]) => bitsPerSecond < LEAST_OF_ALL);
    return {
      machine: streams.some(({ isExhausted }) => isExhausted),
      links: starved.length > sending.length / 2,
    };
  }

  counts(): SendingCounts {
    const streams = Object.values(this.#streams);
    const limits = streams.map(({ mostFramesPerSecond }) => mostFramesPerSecond).filter((limit) => limit !== null);
    return {
      layers: streams.flatMap((stream) => stream.layers()),
      sent: streams.flatMap((stream) => stream.sent()),
      mostFramesPerSecond: limits.length === 0 ? null : Math.min(...limits),
    };
  }

  forget(member: MemberId): void {
    this.#estimates.delete(member);
    this.#rooms.delete(member);
    for (const kind of ["camera", "screen"] as const) {
      this.#carriers[kind].get(member)?.carrier.close();
      this.#carriers[kind].delete(member);
      this.#streams[kind].leave(member);
    }
  }
}
