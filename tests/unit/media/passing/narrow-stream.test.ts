import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MemberId } from "../../../../core/contract/parts.ts";
import type { PictureKind, Route } from "../../../../core/contract/passing.ts";
import { createFrameSigner } from "../../../../core/crypto/frame-signing.ts";
import { Keyring } from "../../../../renderer/frames/keyring.ts";
import { Attestor } from "../../../../renderer/frames/passing/attestor.ts";
import { PassingPlan } from "../../../../renderer/frames/passing/plan.ts";
import { PictureStream } from "../../../../renderer/frames/pictures/picture-stream.ts";
import { STILL_AGAIN_MS } from "../../../../renderer/frames/pictures/running-layer.ts";
import { sendKey } from "../frames/keys.ts";
import { Encoder, Frame, frameOf } from "../pictures/fake-webcodecs.ts";

const id = (index: number): MemberId => String(index).repeat(43) as MemberId;
const VIEWERS = [0, 1, 2, 3].map(id);
const [HELPER = id(0)] = VIEWERS;

let now: number;
let timers: { at: number; then: () => void }[];
let stream: PictureStream;
let camera: ReadableStreamDefaultController<VideoFrame>;
let routes: Map<MemberId, Route>;
let sent: Map<MemberId, number>;

beforeEach(() => {
  vi.stubGlobal("VideoEncoder", Encoder);
  vi.stubGlobal("VideoFrame", Frame);
  Encoder.made = 0;
  Encoder.encoded = [];
  now = 0;
  timers = [];
  routes = new Map();
  sent = new Map();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Four show it; the uplink carries 640x360 well for one of them, and one has room for all. */
async function begin(kind: PictureKind): Promise<void> {
  const keyring = new Keyring();
  await keyring.apply(sendKey(1));
  const signer = await createFrameSigner();
  const elapsed = (): number => now;
  const after = (ms: number, then: () => void) => {
    const timer = { at: now + ms, then };
    timers.push(timer);
    return () => void (timers = timers.filter((other) => other !== timer));
  };
  stream = new PictureStream({
    kind,
    surroundings: { keyring, elapsed, after },
    plan: new PassingPlan({
      kind,
      elapsed,
      roomOf: (member) => (member === HELPER ? 9_000_000 : 0),
      tell: (member, route) => void routes.set(member, route),
    }),
    attestor: new Attestor({ kind, elapsed, signer: () => signer }),
  });
  stream.setSource(new ReadableStream({ start: (controller) => void (camera = controller) }));
  for (const member of VIEWERS) {
    const offer = (): void => void sent.set(member, (sent.get(member) ?? 0) + 1);
    stream.join(member, { restart: () => undefined, lost: () => undefined, offer } as never);
    stream.begin(member);
  }
}

function pass(ms: number): void {
  now += ms;
  for (const timer of timers.filter(({ at }) => at <= now)) timer.then();
  timers = timers.filter(({ at }) => at > now);
}

async function film(frames: number): Promise<void> {
  for (let index = 0; index < frames; index++) {
    pass(40);
    camera.enqueue(frameOf(now * 1000));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The camera gives some more, and most have gone out to whoever gets them. */
async function filmOut(): Promise<void> {
  const before = sent.get(HELPER) ?? 0;
  await film(10);
  await vi.waitFor(() => expect(sent.get(HELPER)).toBeGreaterThanOrEqual(before + 4));
}

async function narrow(): Promise<void> {
  for (let second = 0; second < 5; second++) {
    for (const member of VIEWERS) stream.setEstimate(member, 40_000);
    await film(25);
  }
}

test("whom somebody else reaches gets nothing directly any more, once it has come", async () => {
  await begin("camera");
  await narrow();
  const others = VIEWERS.filter((member) => routes.get(member)?.by === HELPER);
  expect(others).toHaveLength(VIEWERS.length - 1);
  const before = new Map(sent);
  await filmOut();
  for (const member of others) expect(sent.get(member)).toBeGreaterThan(before.get(member) ?? 0);
  for (const member of others) stream.arrived(member, { number: routes.get(member)?.number ?? 0, state: "whole" });
  await filmOut();
  const after = new Map(sent);
  await filmOut();
  for (const member of others) expect(sent.get(member)).toBe(after.get(member));
});

test("who passes it on gets it as large as those show it who get it from there", async () => {
  await begin("camera");
  await narrow();
  const others = VIEWERS.filter((member) => member !== HELPER);
  for (const member of others) stream.arrived(member, { number: routes.get(member)?.number ?? 0, state: "whole" });
  stream.setWish(HELPER, "small");
  for (let second = 0; second < 7; second++) {
    stream.setEstimate(HELPER, 500_000);
    await film(25);
  }
  Encoder.encoded = [];
  await film(5);
  expect(new Set(Encoder.encoded.map(({ width }) => width))).toEqual(new Set([640]));
});

test("who says that nothing comes gets it directly at once, from a key frame on", async () => {
  await begin("camera");
  await narrow();
  const [other = HELPER] = VIEWERS.filter((member) => routes.get(member)?.by === HELPER);
  stream.arrived(other, { number: routes.get(other)?.number ?? 0, state: "whole" });
  await film(30);
  const before = sent.get(other) ?? 0;
  Encoder.encoded = [];
  stream.arrived(other, { number: routes.get(other)?.number ?? 0, state: "silent" });
  await film(2);
  expect(Encoder.encoded[0]?.isKeyFrame).toBe(true);
  await vi.waitFor(() => expect(sent.get(other)).toBeGreaterThan(before));
});

test("nobody is believed that nothing comes while nothing is sent", async () => {
  await begin("camera");
  await narrow();
  const [other = HELPER] = VIEWERS.filter((member) => routes.get(member)?.by === HELPER);
  const { number = 0 } = routes.get(other) ?? {};
  stream.arrived(other, { number, state: "whole" });
  pass(2_000);
  stream.arrived(other, { number, state: "silent" });
  await film(2);
  expect(routes.get(other)?.by).toBe(HELPER);
});

test("a screen that stands still is sent again while others pass it on, so that its sender's word comes", async () => {
  await begin("screen");
  await narrow();
  expect(routes.get(VIEWERS[1] ?? HELPER)?.by).toBe(HELPER);
  Encoder.encoded = [];
  // The last picture is on its way, and the next one is due.
  await vi.waitFor(() => expect(timers).not.toEqual([]));
  pass(STILL_AGAIN_MS);
  expect(Encoder.encoded).toMatchObject([{ isKeyFrame: false }]);
});

test("a viewer whose page was loaded anew hears its route again, and gets the pictures directly until they come by it", async () => {
  await begin("camera");
  await narrow();
  const [other = HELPER] = VIEWERS.filter((member) => routes.get(member)?.by === HELPER);
  stream.arrived(other, { number: routes.get(other)?.number ?? 0, state: "whole" });
  expect(stream.sendsTo(other)).toBe(false);
  routes.clear();
  stream.join(other, { restart: () => undefined, lost: () => undefined, offer: () => undefined } as never);
  stream.begin(other);
  expect(routes.get(other)?.by).toBe(HELPER);
  expect(stream.sendsTo(other)).toBe(true);
});
