import { beforeEach, expect, test } from "vitest";
import { emptyTally, type Tally } from "../../../../renderer/frames/counts.ts";
import { Keyring } from "../../../../renderer/frames/keyring.ts";
import { FrameOpening } from "../../../../renderer/frames/open-frames.ts";
import { FrameSealing } from "../../../../renderer/frames/seal-frames.ts";
import { Voices } from "../../../../renderer/frames/voice.ts";
import { ANN, receiveKey, sendKey } from "./keys.ts";

const voices = new Voices(() => 0);
let tally: Tally;
let receiving: Keyring;
let opening: FrameOpening;

beforeEach(() => {
  tally = emptyTally();
  receiving = new Keyring();
  opening = new FrameOpening(ANN, { kind: "microphone", keyring: receiving, voices, tally, gate: null });
});

async function sealedSound(): Promise<{ data: ArrayBuffer }> {
  const keyring = new Keyring();
  await keyring.apply(sendKey(1));
  const frame = { data: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]).buffer };
  await new FrameSealing({ kind: "microphone", keyring, voices, tally: emptyTally(), gate: null }).handle(frame);
  return frame;
}

test("a frame for which there is no key counts as such", async () => {
  expect(await opening.handle(await sealedSound())).toBe(false);
  expect(tally).toMatchObject({ dropped: 1, keyless: 1, forged: 0 });
});

test("a frame that was changed on its way counts as forged", async () => {
  await receiving.apply(receiveKey(ANN, 1));
  const frame = await sealedSound();
  const bytes = new Uint8Array(frame.data);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(await opening.handle(frame)).toBe(false);
  expect(tally).toMatchObject({ dropped: 1, keyless: 0, forged: 1 });
});

test("a frame of which too many wait is dropped for neither reason", () => {
  opening.lost();
  expect(tally).toMatchObject({ dropped: 1, keyless: 0, forged: 0 });
});
