import { beforeEach, describe, expect, test } from "vitest";
import type { MemberId } from "../../../../core/contract/parts.ts";
import type { Arrival, Passed } from "../../../../core/contract/passing.ts";
import { createFrameSigner, createFrameVerifier } from "../../../../core/crypto/frame-signing.ts";
import { emptyTally, type Tally } from "../../../../renderer/frames/counts.ts";
import type { FrameHandler } from "../../../../renderer/frames/frame-stream.ts";
import { KeyFrameGate } from "../../../../renderer/frames/key-frames.ts";
import { Keyring } from "../../../../renderer/frames/keyring.ts";
import type { Source } from "../../../../renderer/frames/messages.ts";
import type { ArrivedFrame } from "../../../../renderer/frames/open-frames.ts";
import { Arrivals } from "../../../../renderer/frames/passing/arrivals.ts";
import { Attestor } from "../../../../renderer/frames/passing/attestor.ts";
import { LATE_MS } from "../../../../renderer/frames/passing/path.ts";
import { Voices } from "../../../../renderer/frames/voice.ts";
import { ANN, BEN, receiveKey, sendKey } from "../frames/keys.ts";
import { Sender } from "./sender.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const CAMERA: Passed = { origin: ANN, kind: "camera" };
const FRAME_MS = 40;
const SLOT = 1;

describe("pictures that come by somebody else", () => {
  let now: number;
  let sender: Sender;
  let arrivals: Arrivals;
  let keyring: Keyring;
  let said: Arrival[];
  let sources: Source[];
  let shown: number[];
  let handler: FrameHandler<ArrivedFrame>;
  let tally: Tally;
  let asked: number;

  beforeEach(async () => {
    now = 1_000;
    said = [];
    sources = [];
    shown = [];
    asked = 0;
    const signer = await createFrameSigner();
    sender = new Sender(signer, () => now);
    await sender.keyring.apply(sendKey(1));
    keyring = new Keyring();
    await keyring.apply(receiveKey(ANN, 1));
    arrivals = new Arrivals({
      keyring,
      elapsed: () => now,
      onArrival: (_, arrival) => said.push(arrival),
      onSource: (_, source) => sources.push(source),
      onPicture: (_, { isKeyFrame }) => shown.push(isKeyFrame ? 1 : 0),
    });
    const verifier = await createFrameVerifier(signer.publicKey);
    if (verifier !== null) arrivals.setVerifier(ANN, verifier);
    tally = emptyTally();
    handler = openingOf(BEN, SLOT);
    route(1, BEN);
    arrivals.setSlot({ member: BEN, slot: SLOT }, CAMERA);
  });

  function openingOf(member: MemberId, slot: number): FrameHandler<ArrivedFrame> {
    const ask = (): void => {
      asked++;
    };
    const gate = new KeyFrameGate({ ask, elapsed: () => now });
    return arrivals.opening({ member, slot }, { voices: new Voices(() => now), tally, gate, ask });
  }

  function route(number: number, by: MemberId | null): void {
    arrivals.setRoute(ANN, { kind: "camera", number, by, hops: by === null ? 1 : 2, to: [] });
  }

  /** A sealed picture comes by Ben. */
  async function comes(sealed: Bytes, by = handler): Promise<boolean> {
    return by.handle({ data: sealed.slice().buffer, getMetadata: () => ({ rtpTimestamp: now * 90 }) });
  }

  function pass(ms = FRAME_MS): void {
    for (let left = ms; left > 0; left -= FRAME_MS) {
      now += Math.min(FRAME_MS, left);
      arrivals.check();
    }
  }

  const states = (): string[] => said.map(({ state }) => state);

  /** Ben passes on what `alter` makes of so many pictures, after a key frame that he leaves alone. */
  async function filmed(
    pictures: number,
    alter: (sealed: Bytes, index: number) => readonly Bytes[] | Promise<readonly Bytes[]>,
  ): Promise<void> {
    await comes(await sender.film(true));
    for (let index = 0; index < pictures; index++) {
      pass();
      for (const given of await alter(await sender.film(), index)) await comes(given);
      await arrivals.checked();
    }
    arrivals.check();
  }

  test("are shown, whole, and said to have come", async () => {
    await filmed(60, (sealed) => [sealed]);
    expect(shown).toEqual([1, ...Array.from({ length: 60 }, () => 0)]);
    expect(new Set(states())).toEqual(new Set(["whole"]));
    expect(sources).toEqual([{ by: BEN, slot: SLOT }]);
    expect(tally).toMatchObject({ opened: 61, dropped: 0 });
  });

  test("are not let in when their sender named somebody else, or none of the two names the other", async () => {
    route(2, null);
    expect(await comes(await sender.film(true))).toBe(false);
    route(3, "C".repeat(43) as MemberId);
    expect(await comes(await sender.film(true))).toBe(false);
    route(4, BEN);
    arrivals.setSlot({ member: BEN, slot: SLOT }, null);
    expect(await comes(await sender.film(true))).toBe(false);
    arrivals.setSlot({ member: BEN, slot: SLOT }, { origin: ANN, kind: "screen" });
    expect(await comes(await sender.film(true))).toBe(false);
    expect(shown).toEqual([]);
  });

  test("are not let in before their sender has told its key", async () => {
    arrivals.forget(ANN);
    route(5, BEN);
    expect(await comes(await sender.film(true))).toBe(false);
  });

  test("altered, are not opened, and the route is said to be silent", async () => {
    await filmed(20, (sealed) => {
      sealed.set([(sealed.at(-1) ?? 0) ^ 1], sealed.length - 1);
      return [sealed];
    });
    expect(shown).toEqual([1]);
    expect(tally.forged).toBe(20);
    expect(states()).toEqual(["whole", "silent"]);
  });

  test("invented by who holds the key, are found out, and nothing more of the route is shown", async () => {
    await filmed(60, async (sealed, index) => (index < 20 ? [sealed] : [await sender.seal(false, new Uint8Array(0))]));
    expect(states()).toContain("forged");
    const before = shown.length;
    expect(await comes(await sender.film(true))).toBe(false);
    expect(shown.length).toBe(before);
  });

  test("attested by another, are found out at once", async () => {
    const forger = new Attestor({ kind: "camera", elapsed: () => now, signer: () => stranger });
    const stranger = await createFrameSigner();
    forger.isOn = true;
    await filmed(12, async () => {
      const sealed = await sender.seal(false, forger.take(0, false));
      await forger.record(sealed);
      return [sealed];
    });
    expect(states()).toContain("forged");
  });

  test("of which some are left out, are shown again from the next key frame on", async () => {
    await filmed(5, (sealed, index) => (index === 2 ? [] : [sealed]));
    expect(shown).toEqual([1, 0, 0]);
    expect(asked).toBeGreaterThan(0);
    await comes(await sender.film(true));
    await comes(await sender.film());
    expect(shown).toEqual([1, 0, 0, 1, 0]);
    expect(states()).not.toContain("forged");
  });

  test("given twice, are shown once", async () => {
    await filmed(20, (sealed) => [sealed, sealed]);
    expect(shown).toHaveLength(21);
    expect(tally.repeated).toBe(20);
    expect(states()).toEqual(["whole"]);
  });

  test("in another order, are not shown", async () => {
    let held: Bytes | null = null;
    await filmed(8, (sealed, index) => {
      if (index === 3) {
        held = sealed;
        return [];
      }
      return held !== null && index === 4 ? [sealed, held] : [sealed];
    });
    expect(shown).toEqual([1, 0, 0, 0]);
  });

  test("much later than their sender's sound, are said to be late", async () => {
    const held: { sealed: Bytes; at: number }[] = [];
    const sound = async (): Promise<void> => {
      await sender.keyring.sealer?.seal(Uint8Array.of(1, 2, 3), 0);
      arrivals.heard(ANN, { keyId: 65_537n, counter: BigInt(counter++) });
    };
    let counter = 0;
    await comes(await sender.film(true));
    counter++;
    for (let index = 0; index < 120; index++) {
      pass();
      held.push({ sealed: await sender.film(), at: now });
      counter++;
      await sound();
      while ((held[0]?.at ?? now) < now - LATE_MS - 200) await comes(held.shift()?.sealed ?? new Uint8Array(0));
    }
    expect(states()).toContain("late");
  });

  test("that stop, are said to be silent once, then more and more seldom", async () => {
    await filmed(5, (sealed) => [sealed]);
    pass(360);
    expect(states()).toEqual(["whole"]);
    pass(80);
    expect(states()).toEqual(["whole", "silent"]);
    pass(60_000);
    expect(said.length).toBeLessThan(12);
  });

  test("by two spare streams of one member at a time, come by one of them only", async () => {
    const other = openingOf(BEN, 0);
    arrivals.setSlot({ member: BEN, slot: 0 }, CAMERA);
    expect(await comes(await sender.film(true))).toBe(true);
    expect(await comes(await sender.film(true), other)).toBe(false);
  });

  test("come directly again as soon as their sender sends them when nothing comes by the route", async () => {
    await filmed(5, (sealed) => [sealed]);
    const opened = {
      header: { keyId: 65_537n, counter: 99n },
      sealed: new Uint8Array(8),
      isKeyFrame: true,
      rtpTimestamp: 5,
    };
    arrivals.cameDirectly(CAMERA, opened, () => undefined);
    expect(sources).toEqual([{ by: BEN, slot: SLOT }]);
    pass(440);
    arrivals.cameDirectly(CAMERA, opened, () => undefined);
    expect(sources.at(-1)).toBeNull();
  });
});
