import type { Worker } from "playwright-core";
import type { Client } from "./client.ts";

/** One encoded frame at a transform of the frames worker, before and after it. */
export interface TappedFrame {
  /** The encoder's frame on the sending side; what came from the network on the receiving side. */
  readonly before: Buffer;
  /** What goes to the network; what goes to the decoder. */
  readonly after: Buffer;
}

/** `carry`: what goes out replaces what the link's own encoder made, and was encoded and sealed before. */
export type Direction = "send" | "carry" | "receive";

/** What was seen at one transform. Frames that it dropped are not listed. */
export interface Tap {
  readonly kind: string;
  readonly direction: Direction;
  readonly frames: readonly TappedFrame[];
  /** Frames that were written although they had never been read: none may be. */
  readonly unread: number;
}

/** As much of the worker's own objects as is used here. */
interface Transformer {
  readonly options: { readonly kind: string; readonly direction: Direction };
  readonly readable: ReadableStream<EncodedFrame>;
  readonly writable: WritableStream<EncodedFrame>;
}
interface EncodedFrame {
  readonly data: ArrayBuffer;
}
interface WorkerTap {
  readonly options: Transformer["options"];
  readonly frames: { before: Uint8Array; after: Uint8Array }[];
  unread: number;
}

declare global {
  var vigilTaps: WorkerTap[] | undefined;
  var vigilEncoded: Uint8Array[] | undefined;
  var RTCRtpScriptTransformer: { readonly prototype: Transformer };
}

/**
 * Puts itself between Chromium and every transform that the frames worker gets from now on, and notes each frame's bytes on
 * both sides of it. Nothing of the app is changed: its transforms run as always. The client must be on its home screen.
 */
export async function tapFrames(client: Client): Promise<void> {
  // A worker that was there before the test looked in is not shown to it; that of a fresh page is.
  await client.page.reload();
  await client.button("Start a meeting").waitFor();
  await (await framesWorker(client)).evaluate(installTap);
}

/** What has been noted since: the first 100 frames of each transform. */
export async function readTaps(client: Client): Promise<Tap[]> {
  const taps = await (
    await framesWorker(client)
  ).evaluate(() => {
    const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
    return (globalThis.vigilTaps ?? []).map(({ options, frames, unread }) => ({
      ...{ kind: options.kind, direction: options.direction, unread },
      frames: frames.map(({ before, after }) => ({ before: base64(before), after: base64(after) })),
    }));
  });
  const bytes = (text: string): Buffer => Buffer.from(text, "base64");
  return taps.map((tap) => ({
    ...tap,
    frames: tap.frames.map(({ before, after }) => ({ before: bytes(before), after: bytes(after) })),
  }));
}

/** The pictures that the frames worker has encoded since, before anything else was done to them: the first 100. */
export async function readEncoded(client: Client): Promise<Buffer[]> {
  const encoded = await (
    await framesWorker(client)
  ).evaluate(() => (globalThis.vigilEncoded ?? []).map((bytes) => btoa(String.fromCharCode(...bytes))));
  return encoded.map((text) => Buffer.from(text, "base64"));
}

/** The worker of the page that was loaded since the test looked in. */
export async function framesWorker(client: Client): Promise<Worker> {
  const find = (): Worker | undefined => client.page.workers().find((worker) => worker.url().includes("frames"));
  await client.until("the frames worker", () => Promise.resolve(find() !== undefined));
  const worker = find();
  if (worker === undefined) throw new Error("the frames worker is gone");
  return worker;
}

/** Runs in the worker: gives each transformer streams of its own, through which the real ones are read and written. */
function installTap(): void {
  const taps: WorkerTap[] = [];
  globalThis.vigilTaps = taps;
  const encoded: Uint8Array[] = [];
  globalThis.vigilEncoded = encoded;
  globalThis.VideoEncoder = class extends globalThis.VideoEncoder {
    constructor({ output, error }: VideoEncoderInit) {
      const note: EncodedVideoChunkOutputCallback = (chunk, metadata) => {
        const bytes = new Uint8Array(chunk.byteLength);
        chunk.copyTo(bytes);
        if (encoded.length < 100) encoded.push(bytes);
        output(chunk, metadata);
      };
      super({ output: note, error });
    }
  };
  const { prototype } = globalThis.RTCRtpScriptTransformer;
  const real = Object.getOwnPropertyDescriptors(prototype);
  const streams = new WeakMap<Transformer, Pick<Transformer, "readable" | "writable">>();
  const bytesOf = (frame: EncodedFrame): Uint8Array => new Uint8Array(frame.data.slice(0));
  const tapped = (self: Transformer): Pick<Transformer, "readable" | "writable"> => {
    const tap: WorkerTap = { options: self.options, frames: [], unread: 0 };
    taps.push(tap);
    const read = new WeakMap<EncodedFrame, Uint8Array>();
    const noteRead = new TransformStream<EncodedFrame, EncodedFrame>({
      transform(frame, controller) {
        read.set(frame, bytesOf(frame));
        controller.enqueue(frame);
      },
    });
    const readable = (real.readable.get?.call(self) as Transformer["readable"]).pipeThrough(noteRead);
    const writer = (real.writable.get?.call(self) as Transformer["writable"]).getWriter();
    const writable = new WritableStream<EncodedFrame>({
      write(frame) {
        const before = read.get(frame);
        if (before === undefined) tap.unread++;
        else if (tap.frames.length < 100) tap.frames.push({ before, after: bytesOf(frame) });
        return writer.write(frame);
      },
    });
    return { readable, writable };
  };
  for (const name of ["readable", "writable"] as const) {
    Object.defineProperty(prototype, name, {
      get(this: Transformer) {
        const pair = streams.get(this) ?? tapped(this);
        streams.set(this, pair);
        return pair[name];
      },
    });
  }
}
