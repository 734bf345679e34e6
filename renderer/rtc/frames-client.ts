import type { Ending } from "../../core/base/scope.ts";
import type { MemberId } from "../../core/contract/parts.ts";
import type { Passed } from "../../core/contract/passing.ts";
import type { Wish } from "../../core/contract/wish.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type {
  PageMessage,
  PictureKind,
  Source,
  Strain,
  StreamKind,
  TransformOptions,
  WorkerCounts,
  WorkerMessage,
} from "../frames/messages.ts";
import type { PassingNews, PassingOrder } from "./passing-talk.ts";

/** How long the worker may take to answer, in ms. */
const ANSWER_LIMIT_MS = 5000;

const NOTHING_COUNTED: WorkerCounts = {
  streams: [],
  sending: { layers: [], sent: [], mostFramesPerSecond: null },
  passed: [],
};

export interface FramesClientOptions {
  readonly worker: Worker;
  readonly clock: Clock;
  /** The encoder of one's own stream to this member must make a key frame. */
  readonly onKeyFrameWanted: (member: MemberId, kind: PictureKind) => void;
  /** How loud members are: decibels below the loudest, 127 for silence. */
  readonly onLevels: (levels: readonly (readonly [member: MemberId, level: number])[]) => void;
  /** About pictures that are passed on, for other members. */
  readonly onPassing: (news: PassingNews) => void;
  /** Whose picture comes by what from now on. */
  readonly onSource: (of: Passed, source: Source) => void;
}

/** The frames worker as the page sees it: transforms to hang into streams, and counts. No key passes here. */
export class FramesClient {
  readonly #worker: Worker;
  readonly #clock: Clock;
  readonly #waiting = new Map<number, (counts: WorkerCounts) => void>();
  #requests = 0;
  #strain: Strain = { machine: false, links: false };
  #latest: WorkerCounts = NOTHING_COUNTED;

  constructor({ worker, clock, ...listeners }: FramesClientOptions) {
    this.#worker = worker;
    this.#clock = clock;
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerMessage>) => this.#hear(data, listeners));
  }

  /** What is too much for this machine or its links, as the worker said last. */
  get strain(): Strain {
    return this.#strain;
  }

  /** One transform for one stream of one link. Until the worker reads from it, nothing passes. */
  transform(options: TransformOptions): RTCRtpScriptTransform {
    return new RTCRtpScriptTransform(this.#worker, options);
  }

  attachKeys(port: MessagePort): void {
    this.#post({ type: "keys-port" }, [port]);
  }

  /** One's own pictures of one kind, to be encoded once for all links; null when there are none any more. */
  setPictures(kind: PictureKind, frames: ReadableStream<VideoFrame> | null): void {
    this.#post({ type: "pictures", kind, frames }, frames === null ? [] : [frames]);
  }

  /** Pictures of this kind go out on this link; `ticks` drives the link's own encoder. */
  addCarrier(
    link: { member: MemberId; generation: number; kind: Exclude<StreamKind, "microphone"> },
    ticks: WritableStream<VideoFrame>,
  ): void {
    this.#post({ type: "carrier", ...link, ticks }, [ticks]);
  }

  /** Sent to everybody with one's sound from now on: decibels below the loudest, 127 for silence. */
  setOwnLevel(level: number): void {
    this.#post({ type: "own-level", level }, []);
  }

  /** The link's path is there, for the first time or again. */
  linkUp(member: MemberId): void {
    this.#post({ type: "link-up", member }, []);
  }

  /** What the link can carry of pictures, in bit/s. */
  setEstimate(member: MemberId, bitsPerSecond: number): void {
    this.#post({ type: "link-estimate", member, bitsPerSecond }, []);
  }

  /** What a member shows of one's pictures. */
  setWish(member: MemberId, { camera, screen }: Wish): void {
    this.#post({ type: "wish", member, camera, screen }, []);
  }

  /** The link to this member is closed. */
  forgetMember(member: MemberId): void {
    this.#post({ type: "forget-member", member }, []);
  }

  /** The counts of every stream and of what is encoded; the last known ones if the worker is too busy to answer. */
  counts(): Promise<WorkerCounts> {
    const request = ++this.#requests;
    return new Promise((resolve) => {
      let cancel: Ending = () => undefined;
      const settle = (counts: WorkerCounts): void => {
        cancel();
        this.#waiting.delete(request);
        this.#latest = counts;
        resolve(counts);
      };
      cancel = this.#clock.after(ANSWER_LIMIT_MS, () => settle(this.#latest));
      this.#waiting.set(request, settle);
      this.#post({ type: "counts", request }, []);
    });
  }

  /** Something about pictures that are passed on. */
  order(order: PassingOrder): void {
    this.#post(order, []);
  }

  /** Ends the worker in the middle of what it does. */
  end(): void {
    this.#worker.terminate();
  }

  #hear(message: WorkerMessage, listeners: Omit<FramesClientOptions, "worker" | "clock">): void {
    switch (message.type) {
      case "counts":
        return this.#waiting.get(message.request)?.(message.counts);
      case "levels":
        return listeners.onLevels(message.levels);
      case "strain":
        this.#strain = { machine: message.machine, links: message.links };
        return;
      case "source":
        return listeners.onSource(message.of, message.source);
      case "key-frame-wanted":
        return listeners.onKeyFrameWanted(message.member, message.kind);
      default:
        return listeners.onPassing(message);
    }
  }

  #post(message: PageMessage, transfer: Transferable[]): void {
    this.#worker.postMessage(message, transfer);
  }
}
