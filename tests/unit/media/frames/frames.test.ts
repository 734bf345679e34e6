import { beforeEach, describe, expect, test } from "vitest";
import type { MediaKind } from "../../../../core/contract/parts.ts";
import { levelOf, loudnessOf, SILENCE } from "../../../../core/contract/voice-level.ts";
import { clearBytesOf } from "../../../../renderer/frames/clear-bytes.ts";
import { Counts, emptyTally, type Tally } from "../../../../renderer/frames/counts.ts";
import { carryFrames, MAX_WAITING, type EncodedFrame } from "../../../../renderer/frames/frame-stream.ts";
import { KEY_FRAME_INTERVAL_MS, KeyFrameGate } from "../../../../renderer/frames/key-frames.ts";
import { Keyring } from "../../../../renderer/frames/keyring.ts";
import { FrameOpening, MAX_FRAME_BYTES } from "../../../../renderer/frames/open-frames.ts";
import { FrameSealing } from "../../../../renderer/frames/seal-frames.ts";
import { Voices } from "../../../../renderer/frames/voice.ts";
import { ANN, BEN, receiveKey, sendKey } from "./keys.ts";

function frame(bytes: readonly number[]): EncodedFrame {
  return { data: Uint8Array.from(bytes).buffer };
}

const KEY_FRAME = [0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01, 11, 22, 33, 44];
const DELTA_FRAME = [0x31, 0x01, 0x00, 55, 66, 77, 88];

/** One end of a stream, with everything around it in reach. */
class End {
  readonly keyring = new Keyring();
  readonly tally: Tally = emptyTally();
  asked = 0;
  now = 0;
  readonly voices = new Voices(() => this.now);
  readonly #kind: MediaKind;

  constructor(kind: MediaKind) {
    this.#kind = kind;
  }

  sealing(): FrameSealing {
    return new FrameSealing(this.#parts());
  }

  opening(member = ANN): FrameOpening {
    return new FrameOpening(member, this.#parts());
  }

  #parts() {
    const gate = new KeyFrameGate({ ask: () => this.asked++, elapsed: () => this.now });
    const { keyring, voices, tally } = this;
    return { kind: this.#kind, keyring, voices, tally, gate: this.#kind === "microphone" ? null : gate };
  }
}

describe.each<MediaKind>(["microphone", "camera", "screen"])("frames of the %s", (kind) => {
  let sender: End;
  let receiver: End;

  beforeEach(() => {
    sender = new End(kind);
    receiver = new End(kind);
  });

  test("sealed by one are opened by the other", async () => {
    await sender.keyring.apply(sendKey(1));
    await receiver.keyring.apply(receiveKey(ANN, 1));
    const [sealing, opening] = [sender.sealing(), receiver.opening()];
    for (const bytes of [KEY_FRAME, DELTA_FRAME]) {
      const passing = frame(bytes);
      expect(await sealing.handle(passing)).toBe(true);
      expect(new Uint8Array(passing.data)).not.toEqual(Uint8Array.from(bytes));
      expect(await opening.handle(passing)).toBe(true);
      expect(new Uint8Array(passing.data)).toEqual(Uint8Array.from(bytes));
    }
    expect(sender.tally).toMatchObject({ sealed: 2, unsealed: 0 });
    expect(receiver.tally).toMatchObject({ opened: 2, dropped: 0, epoch: 1 });
  });

  test("are not let out without a key", async () => {
    const passing = frame(KEY_FRAME);
    expect(await sender.sealing().handle(passing)).toBe(false);
    expect(sender.tally).toMatchObject({ sealed: 0, unsealed: 1 });
  });

  test("in clear are not let in", async () => {
    await receiver.keyring.apply(receiveKey(ANN, 1));
    expect(await receiver.opening().handle(frame(KEY_FRAME))).toBe(false);
    expect(receiver.tally).toMatchObject({ opened: 0, dropped: 1 });
  });

  test("of a member are not opened with the same key given for another", async () => {
    await sender.keyring.apply(sendKey(1));
    await receiver.keyring.apply(receiveKey(BEN, 1));
    const passing = frame(KEY_FRAME);
    await sender.sealing().handle(passing);
    expect(await receiver.opening(ANN).handle(passing)).toBe(false);
  });

  test("that come twice pass once, and the copy counts apart", async () => {
    await sender.keyring.apply(sendKey(1));
    await receiver.keyring.apply(receiveKey(ANN, 1));
    const passing = frame(KEY_FRAME);
    await sender.sealing().handle(passing);
    const copy = { data: passing.data.slice(0) };
    const opening = receiver.opening();
    expect(await opening.handle(passing)).toBe(true);
    expect(await opening.handle(copy)).toBe(false);
    expect(receiver.tally).toMatchObject({ opened: 1, dropped: 0, repeated: 1 });
  });

  test("without a byte pass as they are", async () => {
    const empty = frame([]);
    expect(await sender.sealing().handle(empty)).toBe(true);
    expect(await receiver.opening().handle(empty)).toBe(true);
    expect(empty.data.byteLength).toBe(0);
  });

  test("of a hostile sender never make the worker fail", async () => {
    await receiver.keyring.apply(receiveKey(ANN, 1));
    const opening = receiver.opening();
    const hostile = [[0], [1], [255], [0x10, 2, 0], new Array<number>(9).fill(0), new Array<number>(40).fill(255)];
    for (const bytes of hostile) expect(await opening.handle(frame(bytes))).toBe(false);
    expect(await opening.handle({ data: new ArrayBuffer(MAX_FRAME_BYTES + 1) })).toBe(false);
    expect(receiver.tally.dropped).toBe(hostile.length + 1);
  });
});

describe("the level of a voice", () => {
  async function hearing(level: number): Promise<End> {
    const [sender, receiver] = [new End("microphone"), new End("microphone")];
    await sender.keyring.apply(sendKey(1));
    await receiver.keyring.apply(receiveKey(ANN, 1));
    sender.voices.own = level;
    const passing = frame([1, 2, 3]);
    await sender.sealing().handle(passing);
    await receiver.opening().handle(passing);
    expect([...new Uint8Array(passing.data)]).toEqual([1, 2, 3]);
    return receiver;
  }

  test("comes with the sound, and is told once", async () => {
    const { voices } = await hearing(111);
    expect(voices.takeChanges()).toEqual([[ANN, 111]]);
    expect(voices.takeChanges()).toBeNull();
  });

  test("of somebody whose sound stopped coming is silence, told once", async () => {
    const receiver = await hearing(20);
    receiver.voices.takeChanges();
    receiver.now = 499;
    expect(receiver.voices.takeChanges()).toBeNull();
    receiver.now = 500;
    expect(receiver.voices.takeChanges()).toEqual([[ANN, SILENCE]]);
    expect(receiver.voices.takeChanges()).toBeNull();
  });

  test("of somebody who goes on in one tone stays", async () => {
    const end = await hearing(20);
    end.voices.takeChanges();
    end.now = 400;
    end.voices.hear(ANN, 20);
    end.now = 800;
    expect(end.voices.takeChanges()).toBeNull();
  });

  test("of a hostile sender stays in its bounds", () => {
    const { voices } = new End("microphone");
    voices.hear(ANN, 255);
    expect(voices.takeChanges()).toEqual([[ANN, SILENCE]]);
  });

  test.each([
    [1, 0],
    [0.5, 6],
    [0.001, 60],
    [0, SILENCE],
    [-1, SILENCE],
    [Number.NaN, SILENCE],
    [7, 0],
  ])("of a loudness of %f is %i decibels below the loudest", (loudness, level) => {
    expect(levelOf(loudness)).toBe(level);
  });

  test.each([0, 6, 40, 126, SILENCE])("%i is what it was after the way there and back", (level) => {
    expect(levelOf(loudnessOf(level))).toBe(level);
  });
});

describe("video after a gap", () => {
  test("the receiver waits for a key frame and asks for it, not too often", async () => {
    const [sender, receiver] = [new End("camera"), new End("camera")];
    await sender.keyring.apply(sendKey(1));
    const [sealing, opening] = [sender.sealing(), receiver.opening()];
    const send = async (bytes: readonly number[]): Promise<boolean> => {
      const passing = frame(bytes);
      await sealing.handle(passing);
      return opening.handle(passing);
    };
    expect(await send(KEY_FRAME)).toBe(false);
    expect(await send(DELTA_FRAME)).toBe(false);
    expect(receiver.asked).toBe(1);
    await receiver.keyring.apply(receiveKey(ANN, 1));
    receiver.now += KEY_FRAME_INTERVAL_MS;
    expect(await send(DELTA_FRAME)).toBe(false);
    expect(receiver.asked).toBe(2);
    expect(await send(KEY_FRAME)).toBe(true);
    expect(await send(DELTA_FRAME)).toBe(true);
    expect(receiver.tally).toMatchObject({ opened: 2, dropped: 3 });
  });

  test("the sender that had no key starts with a key frame and asks its encoder for one", async () => {
    const sender = new End("camera");
    const sealing = sender.sealing();
    expect(await sealing.handle(frame(KEY_FRAME))).toBe(false);
    await sender.keyring.apply(sendKey(1));
    sender.now += KEY_FRAME_INTERVAL_MS;
    expect(await sealing.handle(frame(DELTA_FRAME))).toBe(false);
    expect(sender.asked).toBe(2);
    expect(await sealing.handle(frame(KEY_FRAME))).toBe(true);
    expect(await sealing.handle(frame(DELTA_FRAME))).toBe(true);
  });
});

describe("clear bytes", () => {
  test("are none for sound, 10 for a key frame and 3 for another", () => {
    const key = Uint8Array.from(KEY_FRAME);
    const delta = Uint8Array.from(DELTA_FRAME);
    expect(clearBytesOf("microphone", key)).toBe(0);
    expect([clearBytesOf("camera", key), clearBytesOf("screen", key)]).toEqual([10, 10]);
    expect([clearBytesOf("camera", delta), clearBytesOf("screen", delta)]).toEqual([3, 3]);
  });
});

describe("a stream of frames", () => {
  function pipe(count: number, handle: (index: number) => Promise<boolean>) {
    const out: number[] = [];
    let lost = 0;
    const from = new ReadableStream<EncodedFrame & { index: number }>({
      start(controller) {
        for (let index = 0; index < count; index++) controller.enqueue({ data: new ArrayBuffer(1), index });
        controller.close();
      },
    });
    const to = new WritableStream<EncodedFrame & { index: number }>({ write: ({ index }) => void out.push(index) });
    const handler = {
      handle: (passing: EncodedFrame) => handle((passing as unknown as { index: number }).index),
      lost: () => {
        lost++;
      },
    };
    return carryFrames(from, to, handler).then(() => ({ out, lost }));
  }

  test("keeps its order though some frames take longer", async () => {
    const turns = (count: number): Promise<void> =>
      count === 0 ? Promise.resolve() : Promise.resolve().then(() => turns(count - 1));
    const { out } = await pipe(MAX_WAITING, (index) => turns(index % 3 === 0 ? 40 : 0).then(() => true));
    expect(out).toEqual(Array.from({ length: MAX_WAITING }, (_, index) => index));
  });

  test("begins with a frame while the one before it is still in work", async () => {
    let begun = (): void => undefined;
    const second = new Promise<void>((resolve) => (begun = resolve));
    const handle = (index: number): Promise<boolean> => {
      if (index === 1) begun();
      return index === 0 ? second.then(() => true) : Promise.resolve(true);
    };
    expect(await pipe(3, handle)).toEqual({ out: [0, 1, 2], lost: 0 });
  });

  test("loses a frame whose handling fails, and goes on", async () => {
    const result = await pipe(4, (index) => (index === 1 ? Promise.reject(new Error("no")) : Promise.resolve(true)));
    expect(result).toEqual({ out: [0, 2, 3], lost: 1 });
  });

  test("drops what it is told to drop", async () => {
    expect(await pipe(4, (index) => Promise.resolve(index !== 2))).toEqual({ out: [0, 1, 3], lost: 0 });
  });

  test("does not let frames pile up behind a slow one", async () => {
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => (release = resolve));
    const running = pipe(MAX_WAITING + 10, () => slow.then(() => true));
    setImmediate(() => setImmediate(release));
    const { out, lost } = await running;
    expect(out).toHaveLength(MAX_WAITING);
    expect(lost).toBe(10);
  });
});

describe("counts", () => {
  const options = (generation: number) => ({ member: ANN, generation, kind: "camera" }) as const;

  test("both directions of one kind share a tally, and a new generation starts from zero", () => {
    const counts = new Counts();
    counts.tallyFor(options(1)).sealed = 3;
    counts.tallyFor(options(1)).opened = 2;
    expect(counts.all()).toMatchObject([{ member: ANN, kind: "camera", sealed: 3, opened: 2 }]);
    counts.tallyFor(options(2)).sealed = 1;
    counts.tallyFor(options(1)).sealed = 99;
    expect(counts.all()).toMatchObject([{ sealed: 1, opened: 0 }]);
    counts.forget(ANN);
    expect(counts.all()).toEqual([]);
  });
});
