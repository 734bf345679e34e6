import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { emptyTally } from "../../../../renderer/frames/counts.ts";
import { Keyring } from "../../../../renderer/frames/keyring.ts";
import { Carrier } from "../../../../renderer/frames/pictures/carrier.ts";
import type { PictureStream } from "../../../../renderer/frames/pictures/picture-stream.ts";
import { directStream } from "../../../support/direct-stream.ts";
import { ANN, BEN, sendKey } from "../frames/keys.ts";
import { Encoder, Frame, frameOf } from "./fake-webcodecs.ts";

describe("a picture stream", () => {
  let now: number;
  let timers: { at: number; then: () => void }[];
  let stream: PictureStream;
  /** Begins anew with a stream of this kind. */
  let streamOf: (kind: "camera" | "screen") => void;
  let camera: ReadableStreamDefaultController<VideoFrame>;
  let keyring: Keyring;
  let sent: Map<string, number>;

  beforeEach(async () => {
    vi.stubGlobal("VideoEncoder", Encoder);
    vi.stubGlobal("VideoFrame", Frame);
    Encoder.made = 0;
    Encoder.encoded = [];
    Encoder.stuck = 0;
    Encoder.failing = false;
    now = 0;
    timers = [];
    sent = new Map();
    keyring = new Keyring();
    await keyring.apply(sendKey(1));
    const after = (ms: number, then: () => void) => {
      const timer = { at: now + ms, then };
      timers.push(timer);
      return () => void (timers = timers.filter((other) => other !== timer));
    };
    streamOf = (kind) => {
      stream = directStream(kind, { keyring, elapsed: () => now, after });
      stream.setSource(new ReadableStream({ start: (controller) => void (camera = controller) }));
    };
    streamOf("camera");
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  function join(member: typeof ANN): void {
    // What an earlier test left on its way counts there.
    const counts = sent;
    const count = (): void => void counts.set(member, (counts.get(member) ?? 0) + 1);
    const carrier: Carrier = new Carrier({
      tally: emptyTally(),
      after: () => () => undefined,
      tick: (timestamp) => queueMicrotask(() => void comeOut(carrier, timestamp).then((passes) => passes && count())),
      onKeyFrameWanted: () => stream.wantKeyFrame(member),
    });
    stream.join(member, carrier);
  }

  /** The link's own encoder makes a frame of a tick. */
  function comeOut(carrier: Carrier, timestamp: number): Promise<boolean> {
    const rtpTimestamp = (90 * Math.round(timestamp / 1000)) >>> 0;
    return carrier.handle({ data: new ArrayBuffer(20), type: "delta", getMetadata: () => ({ rtpTimestamp }) });
  }

  /** Every picture that was encoded is on its way to the first link. */
  function allSealed(): Promise<void> {
    return vi.waitFor(() => expect(sent.get(ANN)).toBe(Encoder.encoded.length));
  }

  /** The camera gives so many frames of this size, 25 a second. */
  async function film(frames: number, width = 640, height = 360): Promise<void> {
    for (let index = 0; index < frames; index++) {
      now += 40;
      for (const timer of timers.filter(({ at }) => at <= now)) timer.then();
      timers = timers.filter(({ at }) => at > now);
      camera.enqueue(frameOf(now * 1000, width, height));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  test("encodes nothing while nobody is there, and nothing for a link that is not up", async () => {
    await film(3);
    join(ANN);
    await film(3);
    expect(Encoder.encoded).toEqual([]);
  });

  test("encodes each picture once for two links, and begins with a key frame at once", async () => {
    await film(1);
    for (const member of [ANN, BEN]) {
      join(member);
      stream.begin(member);
    }
    await film(1);
    expect(Encoder.encoded).toMatchObject([{ isKeyFrame: true, width: 640 }]);
    await film(30);
    expect(Encoder.made).toBe(1);
    expect(Encoder.encoded.length).toBeLessThanOrEqual(32);
    await allSealed();
    expect(sent.get(ANN)).toBeGreaterThan(25);
    expect(sent.get(BEN)).toBe(sent.get(ANN));
  });

  test("makes two sizes only while two are needed", async () => {
    for (const member of [ANN, BEN]) {
      join(member);
      stream.begin(member);
    }
    await film(5);
    stream.setEstimate(BEN, 120_000);
    await film(20);
    const widths = Encoder.encoded.slice(-10).map(({ width }) => width);
    expect(new Set(widths)).toEqual(new Set([640, 320]));
    stream.leave(BEN);
    await film(10);
    expect(new Set(Encoder.encoded.slice(-5).map(({ width }) => width))).toEqual(new Set([640]));
  });

  test("makes nothing that nobody shows, and begins with a key frame when somebody does again", async () => {
    join(ANN);
    stream.begin(ANN);
    await film(5);
    // What is on its way when nobody wants it any more need not arrive.
    await allSealed();
    stream.setWish(ANN, "none");
    Encoder.encoded = [];
    await film(10);
    expect(Encoder.encoded).toEqual([]);
    expect(stream.spentOn(ANN)).toBe(0);
    stream.setWish(ANN, "middle");
    await film(1);
    expect(Encoder.encoded).toMatchObject([{ isKeyFrame: true, width: 640 }]);
  });

  test("is no larger than it is shown, and as large at once when it is shown larger", async () => {
    for (const member of [ANN, BEN]) {
      join(member);
      stream.begin(member);
      stream.setEstimate(member, 1_000_000);
    }
    stream.setWish(BEN, "small");
    await film(20);
    const widths = () => new Set(Encoder.encoded.slice(-10).map(({ width }) => width));
    expect(widths()).toEqual(new Set([640, 320]));
    stream.setWish(ANN, "small");
    await film(20);
    expect(widths()).toEqual(new Set([320]));
    Encoder.encoded = [];
    stream.setWish(ANN, "full");
    await film(1);
    expect(Encoder.encoded).toContainEqual(expect.objectContaining({ isKeyFrame: true, width: 640 }));
  });

  test("tells what it makes, for whom, and what keeps it small", async () => {
    for (const member of [ANN, BEN]) {
      join(member);
      stream.begin(member);
    }
    stream.setWish(ANN, "full");
    stream.setEstimate(BEN, 120_000);
    await film(20);
    expect(stream.layers()).toMatchObject([{ width: 640 }, { width: 320, height: 180 }]);
    // The camera gives no 1280x720, and the other link carries no 640x360.
    expect(stream.sent()).toMatchObject([
      { member: ANN, layer: { width: 640 }, heldBack: "source" },
      { member: BEN, layer: { width: 320 }, heldBack: "link" },
    ]);
    expect(stream.layers()[0]?.framesPerSecond).toBeCloseTo(25, 0);
    expect(stream.mostFramesPerSecond).toBeNull();
    stream.setWish(BEN, "none");
    expect(stream.sent()[1]).toMatchObject({ layer: null, heldBack: null });
  });

  test("spends what the weakest link of a size can carry", async () => {
    join(ANN);
    stream.begin(ANN);
    stream.setEstimate(ANN, 400_000);
    await film(3);
    expect(Encoder.encoded.at(-1)?.bitrate).toBeLessThanOrEqual(400_000);
  });

  test("sends nothing without a key to seal it under, and goes on with a key frame", async () => {
    join(ANN);
    stream.begin(ANN);
    await film(10);
    await allSealed();
    keyring.forgetAll();
    const before = sent.get(ANN);
    await film(10);
    expect(sent.get(ANN)).toBe(before);
    await keyring.apply(sendKey(2));
    Encoder.encoded = [];
    await film(40);
    expect(Encoder.encoded.some(({ isKeyFrame }) => isKeyFrame)).toBe(true);
    await vi.waitFor(() => expect(sent.get(ANN)).toBeGreaterThan(before ?? 0));
  });

  test("asked a thousand times a second for key frames makes one a second", async () => {
    join(ANN);
    stream.begin(ANN);
    await film(25);
    Encoder.encoded = [];
    for (let index = 0; index < 100; index++) {
      for (let times = 0; times < 40; times++) stream.wantKeyFrame(ANN);
      await film(1);
    }
    const keys = Encoder.encoded.filter(({ isKeyFrame }) => isKeyFrame).length;
    expect(keys).toBeGreaterThanOrEqual(3);
    expect(keys).toBeLessThanOrEqual(5);
  });

  test("gives a screen that does not change a second time to somebody who comes", async () => {
    streamOf("screen");
    await film(1);
    join(ANN);
    stream.begin(ANN);
    Encoder.encoded = [];
    now += 10_000;
    join(BEN);
    stream.begin(BEN);
    expect(Encoder.encoded).toMatchObject([{ isKeyFrame: true, timestamp: now * 1000 }]);
  });

  test("replaces an encoder that gives nothing back", async () => {
    Encoder.stuck = 1;
    join(ANN);
    stream.begin(ANN);
    await film(70);
    expect(Encoder.encoded).toEqual([]);
    await film(20);
    expect(Encoder.made).toBe(2);
    expect(Encoder.encoded[0]).toMatchObject({ isKeyFrame: true });
    await allSealed();
  });

  test("goes on after a frame on which something failed", async () => {
    join(ANN);
    stream.begin(ANN);
    await film(3);
    Encoder.failing = true;
    await film(1);
    const before = Encoder.encoded.length;
    await film(5);
    expect(Encoder.failing).toBe(false);
    expect(Encoder.encoded.slice(before)[0]).toMatchObject({ isKeyFrame: true });
    expect(Encoder.encoded.length).toBeGreaterThan(before + 2);
  });

  test("sends no picture of a camera that was replaced while it was being sealed", async () => {
    const offered: number[] = [];
    const carrier = { restart: () => undefined, lost: () => undefined };
    const offer = ({ timestamp }: { timestamp: number }): void => void offered.push(timestamp);
    stream.join(ANN, { ...carrier, offer } as never);
    stream.begin(ANN);
    await film(2);
    await vi.waitFor(() => expect(offered.length).toBe(Encoder.encoded.length));
    const before = Encoder.encoded.length;
    camera.enqueue(frameOf((now += 40) * 1000));
    // In microtasks alone: encryption takes longer.
    while (Encoder.encoded.length === before) await Promise.resolve();
    stream.setSource(new ReadableStream({ start: (controller) => void (camera = controller) }));
    await film(3);
    await vi.waitFor(() => expect(offered.at(-1)).toBe(Encoder.encoded.at(-1)?.timestamp));
    expect(offered).not.toContain(Encoder.encoded[before]?.timestamp);
  });

  test.each([
    ["camera", 0],
    ["screen", 1],
  ] as const)("closes every frame of a %s that it is given, and keeps %i meanwhile", async (kind, kept) => {
    streamOf(kind);
    const frames: Frame[] = [];
    join(ANN);
    stream.begin(ANN);
    for (let index = 0; index < 10; index++) {
      now += 40;
      const frame = new Frame({ displayWidth: 640, displayHeight: 360, timestamp: now * 1000 });
      frames.push(frame);
      camera.enqueue(frame as never);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(frames.filter(({ closed }) => !closed)).toHaveLength(kept);
    stream.setSource(null);
    expect(frames.every(({ closed }) => closed)).toBe(true);
  });
});
