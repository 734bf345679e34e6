import { beforeEach, describe, expect, test } from "vitest";
import type { MemberId } from "../../../../core/contract/parts.ts";
import type { Arrival, Passed } from "../../../../core/contract/passing.ts";
import { createFrameSigner, createFrameVerifier } from "../../../../core/crypto/frame-signing.ts";
import { emptyTally } from "../../../../renderer/frames/counts.ts";
import type { FrameHandler } from "../../../../renderer/frames/frame-stream.ts";
import { KeyFrameGate } from "../../../../renderer/frames/key-frames.ts";
import { Keyring } from "../../../../renderer/frames/keyring.ts";
import type { Source } from "../../../../renderer/frames/messages.ts";
import type { ArrivedFrame } from "../../../../renderer/frames/open-frames.ts";
import { Arrivals } from "../../../../renderer/frames/passing/arrivals.ts";
import { TOO_LATE_MS } from "../../../../renderer/frames/passing/path.ts";
import { Voices } from "../../../../renderer/frames/voice.ts";
import { ANN, BEN, receiveKey, sendKey } from "../frames/keys.ts";
import { Sender } from "./sender.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const CAMERA: Passed = { origin: ANN, kind: "camera" };
const FRAME_MS = 40;
const NONE = new Uint8Array(0);
const DIRECT_HEADER = { keyId: 65_537n, counter: 0n };

describe("whoever passes pictures on", () => {
  let now: number;
  let sender: Sender;
  let arrivals: Arrivals;
  let said: Arrival[];
  let sources: Source[];
  /** When each picture was shown. */
  let shown: number[];
  let asked: string[];
  let ben: FrameHandler<ArrivedFrame>;

  beforeEach(async () => {
    now = 1_000;
    said = [];
    sources = [];
    shown = [];
    asked = [];
    const signer = await createFrameSigner();
    sender = new Sender(signer, () => now);
    await sender.keyring.apply(sendKey(1));
    const keyring = new Keyring();
    await keyring.apply(receiveKey(ANN, 1));
    await keyring.apply(receiveKey(ANN, 2));
    arrivals = new Arrivals({
      keyring,
      elapsed: () => now,
      onArrival: (_, arrival) => said.push(arrival),
      onSource: (_, source) => sources.push(source),
      onPicture: () => shown.push(now),
    });
    const verifier = await createFrameVerifier(signer.publicKey);
    if (verifier !== null) arrivals.setVerifier(ANN, verifier);
    ben = streamOf(BEN, 0);
    route(1, BEN);
    arrivals.setSlot({ member: BEN, slot: 0 }, CAMERA);
  });

  /** A spare stream of a link that was just made. */
  function streamOf(member: MemberId, slot: number): FrameHandler<ArrivedFrame> {
    const ask = (): void => void asked.push(`${member[0] ?? ""}${slot}`);
    const gate = new KeyFrameGate({ ask, elapsed: () => now });
    return arrivals.opening({ member, slot }, { voices: new Voices(() => now), tally: emptyTally(), gate, ask });
  }

  function route(number: number, by: MemberId | null): void {
    arrivals.setRoute(ANN, { kind: "camera", number, by, hops: by === null ? 1 : 2, to: [] });
  }

  async function comes(sealed: Bytes, by = ben): Promise<boolean> {
    const passes = await by.handle({ data: sealed.slice().buffer, getMetadata: () => ({ rtpTimestamp: now * 90 }) });
    await arrivals.checked();
    return passes;
  }

  function directly(isKeyFrame: boolean): void {
    const opened = { header: DIRECT_HEADER, sealed: new Uint8Array(8), isKeyFrame, rtpTimestamp: now * 90 };
    arrivals.cameDirectly(CAMERA, opened, () => void asked.push("direct"));
  }

  function pass(ms = FRAME_MS): void {
    for (let left = ms; left > 0; left -= FRAME_MS) {
      now += Math.min(FRAME_MS, left);
      arrivals.check();
    }
  }

  async function film(pictures: number): Promise<void> {
    for (let index = 0; index < pictures; index++) {
      pass();
      await comes(await sender.film());
    }
  }

  const states = (): string[] => said.map(({ state }) => state);

  test("cannot hide that it invents them by giving few: a second and a half, and no more is shown", async () => {
    await comes(await sender.film(true));
    await film(10);
    const from = now;
    for (let picture = 0; picture < 30; picture++) {
      pass(360);
      await comes(await sender.seal(false, NONE));
    }
    expect(Math.max(...shown) - from).toBeLessThanOrEqual(1_800);
    expect(states()).toContain("forged");
  });

  test("does not begin anew with a new link or another stream: what it invented counts on", async () => {
    await comes(await sender.film(true));
    await film(10);
    const from = now;
    for (let link = 0; link < 6; link++) {
      const slot = link % 2;
      arrivals.setSlot({ member: BEN, slot: 1 - slot }, null);
      arrivals.setSlot({ member: BEN, slot }, CAMERA);
      const stream = streamOf(BEN, slot);
      await comes(await sender.seal(true, NONE), stream);
      for (let picture = 0; picture < 20; picture++) {
        pass();
        await comes(await sender.seal(false, NONE), stream);
      }
    }
    expect(Math.max(...shown) - from).toBeLessThanOrEqual(1_500);
  });

  test("may go over to another spare stream, if the one before carries these pictures no more", async () => {
    await comes(await sender.film(true));
    await film(10);
    arrivals.setSlot({ member: BEN, slot: 1 }, CAMERA);
    const other = streamOf(BEN, 1);
    expect(await comes(await sender.film(), other)).toBe(false);
    arrivals.setSlot({ member: BEN, slot: 0 }, null);
    expect(await comes(await sender.film(true), other)).toBe(true);
    expect(sources.at(-1)).toEqual({ by: BEN, slot: 1 });
  });

  test("is not cleared by being named again in a new route", async () => {
    await comes(await sender.film(true));
    for (let picture = 0; picture < 40; picture++) {
      pass();
      await comes(await sender.seal(false, NONE));
    }
    expect(states()).toContain("forged");
    said = [];
    route(2, BEN);
    expect(await comes(await sender.film(true))).toBe(false);
    arrivals.check();
    expect(said).toEqual([{ kind: "camera", number: 2, state: "forged" }]);
  });

  test("cannot keep the last direct picture on the screen by giving nothing that begins with a key frame", async () => {
    directly(true);
    const before = shown.length;
    await film(60);
    expect(shown).toHaveLength(before);
    expect(states()).not.toContain("whole");
    expect(states()).toContain("silent");
    expect(asked).toContain("B0");
  });

  test("cannot show what its sender showed long ago, on a route of its own", async () => {
    const kept: Bytes[] = [];
    let counter = 0;
    for (let picture = 0; picture < 200; picture++) {
      pass();
      kept.push(await sender.film(picture % 25 === 0));
      arrivals.heard(ANN, { keyId: 65_537n, counter: BigInt(counter++) });
    }
    expect(200 * FRAME_MS).toBeGreaterThan(3 * TOO_LATE_MS);
    route(2, null);
    route(3, BEN);
    for (const sealed of kept.slice(0, 50)) {
      pass();
      expect(await comes(sealed)).toBe(false);
    }
    expect(shown).toEqual([]);
  });

  test("nor what was sealed under a key that its sender has left since", async () => {
    const kept = [await sender.film(true), await sender.film()];
    arrivals.heard(ANN, { keyId: 65_538n + 65_535n, counter: 0n });
    pass(TOO_LATE_MS + FRAME_MS);
    for (const sealed of kept) expect(await comes(sealed)).toBe(false);
    expect(shown).toEqual([]);
  });

  test("a gap of a second, with the words that were in it, costs nobody its route", async () => {
    await comes(await sender.film(true));
    await film(20);
    for (let lost = 0; lost < 25; lost++) {
      now += FRAME_MS;
      await sender.film();
    }
    await comes(await sender.film(true));
    await film(60);
    expect(new Set(states())).toEqual(new Set(["whole"]));
    expect(shown).toHaveLength(21 + 61);
  });

  test("whose pictures come late by the way that was told, is asked for a key frame until they take over", async () => {
    await comes(await sender.film(true));
    await film(5);
    route(2, null);
    for (let picture = 0; picture < 30; picture++) {
      pass();
      directly(false);
    }
    expect(asked.filter((one) => one === "direct")).toHaveLength(2);
    directly(true);
    expect(sources.at(-1)).toBeNull();
  });

  test("a sender whose page is new begins to count its routes anew", () => {
    route(7, BEN);
    route(1, null);
    said = [];
    pass(5_000);
    expect(said).toEqual([]);
  });
});
