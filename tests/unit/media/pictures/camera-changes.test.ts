import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Keyring } from "../../../../renderer/frames/keyring.ts";
import type { PictureStream } from "../../../../renderer/frames/pictures/picture-stream.ts";
import { directStream } from "../../../support/direct-stream.ts";
import { ANN, sendKey } from "../frames/keys.ts";
import { Encoder, frameOf } from "./fake-webcodecs.ts";

let now: number;
let stream: PictureStream;
let camera: ReadableStreamDefaultController<VideoFrame>;
let offered: number;

beforeEach(async () => {
  vi.stubGlobal("VideoEncoder", Encoder);
  Encoder.made = 0;
  Encoder.encoded = [];
  now = 0;
  offered = 0;
  const keyring = new Keyring();
  await keyring.apply(sendKey(1));
  stream = directStream("camera", { keyring, elapsed: () => now, after: () => () => undefined });
  plugIn();
  const offer = (): void => {
    offered++;
  };
  stream.join(ANN, { restart: () => undefined, lost: () => undefined, offer } as never);
  stream.begin(ANN);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function plugIn(): void {
  stream.setSource(new ReadableStream({ start: (controller) => void (camera = controller) }));
}

/** The camera gives so many frames of this size, all of which go out. */
async function film(
  frames: number,
  { width = 640, height = 360, rate = 25 }: { width?: number; height?: number; rate?: number } = {},
): Promise<void> {
  for (let index = 0; index < frames; index++) {
    now += 1_000 / rate;
    camera.enqueue(frameOf(now * 1_000, width, height));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await vi.waitFor(() => expect(offered).toBe(Encoder.encoded.length));
}

test("a camera that changes its size is followed, larger at once where it is shown so", async () => {
  stream.setEstimate(ANN, 2_000_000);
  stream.setWish(ANN, "full");
  await film(3, { width: 320, height: 240 });
  expect(Encoder.encoded.at(-1)?.width).toBe(320);
  Encoder.encoded = [];
  offered = 0;
  await film(3, { width: 1280, height: 720 });
  expect(Encoder.encoded).toMatchObject([{ width: 1280, isKeyFrame: true }, { width: 1280 }, { width: 1280 }]);
  await film(3);
  const smaller = Encoder.encoded.slice(3);
  expect(smaller).toMatchObject([{ width: 640, isKeyFrame: true }, { width: 640 }, { width: 640 }]);
});

test("a camera that is turned upright while it runs is followed", async () => {
  await film(3);
  await film(3, { width: 360, height: 640 });
  expect(Encoder.encoded.at(-1)?.width).toBe(360);
});

test("a camera that changes its rate is followed both ways", async () => {
  await film(25);
  expect(stream.layers()[0]?.framesPerSecond).toBeCloseTo(25, 0);
  await film(60, { rate: 8 });
  expect(stream.layers()[0]?.framesPerSecond).toBeCloseTo(8, 0);
  await film(80, { rate: 30 });
  expect(stream.layers()[0]?.framesPerSecond).toBeCloseTo(30, 0);
});

test("a camera that disappears and comes back goes on with a key frame", async () => {
  await film(5);
  camera.error(new Error("pulled out"));
  await new Promise((resolve) => setImmediate(resolve));
  plugIn();
  await film(3);
  expect(Encoder.encoded.slice(5)).toMatchObject([{ isKeyFrame: true }, { isKeyFrame: false }, { isKeyFrame: false }]);
});
