import type { KeyMessage } from "../../../core/contract/key-messages.ts";
import type { MediaDirective } from "../../../core/contract/media-messages.ts";
import { mediaKinds, type MemberId } from "../../../core/contract/parts.ts";
import type { WorkerMessage } from "../../../renderer/frames/messages.ts";
import { createCallMedia } from "../../../renderer/rtc/create-call-media.ts";
import type { CapturedFrame } from "./capture-worker.ts";

declare global {
  /** Given by the test: carries reports of this page's engine out. */
  var reportToTest: (report: string) => Promise<void>;
  var engineUnderTest: EngineUnderTest;
  /** Every connection that this page has made. */
  var connectionsUnderTest: RTCPeerConnection[];
}

export type EngineUnderTest = ReturnType<typeof start>;

function play(member: MemberId, media: ReturnType<typeof createCallMedia>["media"]): void {
  for (const kind of mediaKinds) {
    const stream = media.remote(member)[kind];
    if (stream === null || document.querySelector(`#${kind}`) !== null) continue;
    const element = document.createElement(kind === "microphone" ? "audio" : "video");
    element.id = kind;
    element.autoplay = true;
    element.srcObject = stream;
    document.body.append(element);
    if (kind !== "camera" || !(element instanceof HTMLVideoElement)) continue;
    element.muted = true;
    element.requestVideoFrameCallback((now) => {
      globalThis.engineUnderTest.firstPictureAt = now;
    });
  }
}

function startFrames(): Worker {
  return new Worker(new URL("../../../renderer/frames/worker.ts", import.meta.url), { type: "module", name: "frames" });
}

interface RawFrames {
  readonly MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => {
    readonly readable: ReadableStream<VideoFrame>;
  };
}

interface StartOptions {
  /** Puts a worker in place of the frames worker that records what arrives and passes nothing on. */
  readonly capture: boolean;
  readonly encode: "once" | "each";
}

function start({ capture, encode }: StartOptions) {
  const recorder = capture
    ? new Worker(new URL("./capture-worker.ts", import.meta.url), { type: "module", name: "capture" })
    : null;
  let worker: Worker | null = recorder;
  const engine = createCallMedia({ createWorker: () => (worker ??= startFrames()), encode });
  const keys = new MessageChannel();
  const hide = new Map<MemberId, () => void>();
  engine.attachKeys(keys.port2);
  engine.subscribeReports((report) => void globalThis.reportToTest(JSON.stringify(report)));
  return {
    engine,
    firstPictureAt: 0,
    openedAt: 0,
    apply(directive: MediaDirective): void {
      if (directive.type === "open-link") {
        this.openedAt = performance.now();
        if (!hide.has(directive.member)) this.show(directive.member, 640);
      }
      engine.apply(directive);
    },
    /** Shows a member's pictures so many pixels wide; 0 shows them no more. At first they are shown 640 wide. */
    show(member: MemberId, width: number): void {
      hide.get(member)?.();
      const room = { width, height: (width * 9) / 16 };
      const endings = (["camera", "screen"] as const).map((kind) => engine.media.show(member, kind, room));
      hide.set(member, () => endings.forEach((end) => end()));
      if (width === 0) hide.get(member)?.();
    },
    key(message: KeyMessage): void {
      keys.port1.postMessage(message);
    },
    playFrom(member: MemberId): void {
      engine.media.subscribeRemote(() => play(member, engine.media));
    },
    /** Keeps one frame of the camera for good, as whatever loses one without closing it does. */
    async keepCameraFrame(): Promise<void> {
      const [track] = engine.media.local().cameraStream?.getVideoTracks() ?? [];
      const { MediaStreamTrackProcessor } = globalThis as unknown as RawFrames;
      if (track === undefined) throw new Error("no camera");
      const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
      this.kept = (await reader.read()).value;
      await reader.cancel();
    },
    kept: undefined as VideoFrame | undefined,
    /** Frames that the worker did not let out. */
    unsealed(): Promise<number> {
      return new Promise((resolve) => {
        worker?.addEventListener("message", ({ data }: MessageEvent<WorkerMessage>) => {
          if (data.type === "counts" && data.request === -1)
            resolve(data.counts.streams.reduce((sum, count) => sum + count.unsealed, 0));
        });
        worker?.postMessage({ type: "counts", request: -1 });
      });
    },
    captured(): Promise<readonly CapturedFrame[]> {
      return new Promise((resolve) => {
        recorder?.addEventListener("message", ({ data }: MessageEvent<readonly CapturedFrame[]>) => resolve(data), {
          once: true,
        });
        recorder?.postMessage("captured");
      });
    },
  };
}

globalThis.connectionsUnderTest = [];
globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    globalThis.connectionsUnderTest.push(this);
  }
};
const asked = new URLSearchParams(location.search);
globalThis.engineUnderTest = start({ capture: asked.has("capture"), encode: asked.has("each") ? "each" : "once" });
