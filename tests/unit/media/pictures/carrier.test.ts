import { beforeEach, describe, expect, test } from "vitest";
import { emptyTally } from "../../../../renderer/frames/counts.ts";
import { VirtualClock } from "../../../../core/mesh/memory/virtual-clock.ts";
import { Carrier, STILL_MS, type TickFrame } from "../../../../renderer/frames/pictures/carrier.ts";

/** A link's encoder: it has ticks waiting, and puts them out or leaves them out as a test says. */
class Encoder {
  ticks: number[] = [];

  /** Puts out the tick that is `skipping` places behind the first; those before it are left out. */
  put(carrier: Carrier, { skipping = 0, type = "delta" } = {}) {
    const timestamp = this.ticks.splice(0, skipping + 1).at(-1);
    if (timestamp === undefined) throw new Error("no tick is waiting");
    const rtpTimestamp = (90 * Math.round(timestamp / 1000)) >>> 0;
    const frame: TickFrame = { data: new ArrayBuffer(20), type, getMetadata: () => ({ rtpTimestamp }) };
    return carrier.handle(frame).then((passes) => (passes ? new Uint8Array(frame.data)[0] : null));
  }
}

describe("a carrier", () => {
  let encoder: Encoder;
  let carrier: Carrier;
  let wanted: number;
  let clock: VirtualClock;
  const tally = emptyTally();
  let number: number;

  beforeEach(() => {
    encoder = new Encoder();
    wanted = 0;
    number = 0;
    clock = new VirtualClock();
    Object.assign(tally, emptyTally());
    carrier = new Carrier({
      tally,
      after: (ms, then) => clock.after(ms, then),
      tick: (timestamp) => void encoder.ticks.push(timestamp),
      onKeyFrameWanted: () => wanted++,
    });
  });

  function offer(isKeyFrame = false): number {
    number++;
    carrier.offer({ isKeyFrame, timestamp: number * 40_000, data: Uint8Array.of(number).buffer });
    return number;
  }

  async function started(): Promise<void> {
    offer(true);
    await encoder.put(carrier, { type: "key" });
    wanted = 0;
  }

  test("replaces what the encoder makes, in order", async () => {
    await started();
    for (let round = 0; round < 5; round++) {
      const sent = offer();
      expect(await encoder.put(carrier)).toBe(sent);
    }
    expect(tally).toMatchObject({ sealed: 6, unsealed: 0 });
    expect(wanted).toBe(0);
  });

  test.each([
    ["the first picture", false],
    ["a later one", true],
  ])("gives %s another tick when its own never comes out and nothing follows", async (_, later) => {
    if (later) await started();
    const sent = offer(!later);
    encoder.ticks = [];
    clock.advance(STILL_MS - 1);
    expect(encoder.ticks).toEqual([]);
    clock.advance(1);
    expect(encoder.ticks).toHaveLength(1);
    expect(await encoder.put(carrier)).toBe(sent);
    clock.advance(10 * STILL_MS);
    expect(encoder.ticks).toEqual([]);
  });

  test("gives no ticks on a link that is gone", async () => {
    await started();
    offer();
    encoder.ticks = [];
    carrier.close();
    clock.advance(10 * STILL_MS);
    expect(encoder.ticks).toEqual([]);
  });

  test("leaves the bytes to the other links", async () => {
    await started();
    const data = Uint8Array.of(7).buffer;
    carrier.offer({ isKeyFrame: false, timestamp: 80_000, data });
    await encoder.put(carrier);
    expect([...new Uint8Array(data)]).toEqual([7]);
  });

  test("begins with a key frame and nothing else", async () => {
    offer();
    expect(await encoder.put(carrier, { type: "key" })).toBeNull();
    expect(wanted).toBe(1);
    offer();
    expect(encoder.ticks).toEqual([]);
    const key = offer(true);
    expect(await encoder.put(carrier)).toBe(key);
  });

  test("does not send an old key frame when the encoder begins late", async () => {
    offer(true);
    offer();
    offer();
    expect(await encoder.put(carrier, { skipping: 2, type: "key" })).toBeNull();
    expect(wanted).toBe(1);
    const key = offer(true);
    expect(await encoder.put(carrier)).toBe(key);
  });

  test("gives a tick again that the encoder left out, so that no picture is lost", async () => {
    await started();
    const [first, second] = [offer(), offer()];
    expect(await encoder.put(carrier, { skipping: 1 })).toBe(first);
    expect(encoder.ticks).toHaveLength(1);
    expect(await encoder.put(carrier)).toBe(second);
    expect(wanted).toBe(0);
  });

  test("hands on that the other side asked for a key frame", async () => {
    await started();
    offer();
    await encoder.put(carrier, { type: "key" });
    expect(wanted).toBe(1);
  });

  test("of an encoder that has stopped begins anew with a key frame", async () => {
    await started();
    for (let round = 0; round < 20; round++) offer();
    expect(wanted).toBeGreaterThan(0);
    encoder.ticks = encoder.ticks.slice(-1);
    expect(await encoder.put(carrier)).toBeNull();
    const key = offer(true);
    expect(await encoder.put(carrier)).toBe(key);
  });

  test("waits for a key frame after a loss", async () => {
    await started();
    carrier.lost();
    expect(tally.unsealed).toBe(1);
    offer();
    expect(encoder.ticks).toEqual([]);
    const key = offer(true);
    expect(await encoder.put(carrier)).toBe(key);
  });
});
