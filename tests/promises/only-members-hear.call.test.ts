import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Cast, meet } from "../support/cast.ts";
import type { Client } from "../support/client.ts";
import { readTaps, tapFrames, type Tap } from "../support/frame-tap.ts";
import { seesAndHears } from "../support/link-figures.ts";
import { readContacts, traceInto, tracingAvailable } from "../support/traced-network.ts";

/** Bytes of VP8 that stay readable by design: 10 of a key frame, fewer of others. */
const MOST_CLEAR_BYTES = 10;
const WINDOW_BYTES = 12;
const WORDS = "the harbour at dawn, third bench";

const cast = new Cast();
let ana: Client;
let ben: Client;
let trace: string;

afterAll(() => cast.end());

describe("a call of two full clients", () => {
  beforeAll(async () => {
    trace = join(cast.folder(), "trace");
    const inside = tracingAvailable ? { inside: traceInto(trace) } : {};
    ana = await cast.start({ name: "Ana Recorded-Name", ...inside });
    ben = await cast.start({ name: "Ben" });
    await Promise.all([tapFrames(ana), tapFrames(ben)]);
    await meet(ana, [ben]);
    await ana.until("Ben's picture and sound", () => seesAndHears(ana, ["Ben"]));
    await ben.until("Ana's picture and sound", () => seesAndHears(ben, [ana.name]));
  }, 240_000);

  test.each(["camera", "microphone"])(
    "no %s frame leaves the frames worker with any of its plaintext in it",
    async (kind) => {
      const sent = await collect(ana, { kind, direction: "send", frames: 40 });
      for (const { before, after } of sent) {
        expect(after.length).toBeGreaterThan(before.length);
        expect(sharedWindow(before, after)).toBeNull();
      }
    },
  );

  test.each(["camera", "microphone"])(
    "what arrives of the %s is what left, sealed, and opens to what was encoded",
    async (kind) => {
      const received = await collect(ben, { kind, direction: "receive", frames: 20 });
      const sent = await collect(ana, { kind, direction: "send", frames: 20 });
      const plainBySealed = new Map(sent.map(({ before, after }) => [after.toString("hex"), before.toString("hex")]));
      const known = received.filter(({ before }) => plainBySealed.has(before.toString("hex")));
      expect(known.length).toBeGreaterThan(5);
      for (const { before, after } of known)
        expect(after.toString("hex")).toBe(plainBySealed.get(before.toString("hex")));
    },
  );

  test.skipIf(!tracingAvailable)("a chat message and a name are in no packet that leaves (needs strace)", async () => {
    await ana.sendChat(WORDS);
    await ben.button("Chat").click();
    await ben.page.getByText(WORDS).waitFor();
    const debugPort = ana.ready.debugPort;
    await ana.stop();
    // What the test itself reads from the page over the debugger's port is not the app's traffic.
    const contacts = readContacts(trace).filter(({ localPort }) => localPort !== debugPort);
    const everything = Buffer.concat(contacts.map(({ bytes }) => bytes));
    // That the record is one of real traffic: libp2p's first line and STUN's cookie (RFC 8489, section 5) are in clear.
    expect(everything.includes("/multistream/1.0.0")).toBe(true);
    expect(everything.includes(Buffer.from("2112a442", "hex"))).toBe(true);
    for (const secret of [WORDS, "harbour", "Recorded-Name"]) expect(everything.includes(secret)).toBe(false);
  });
});

/** Frames noted at all transforms of one sort, as soon as there are enough of them. */
async function collect(client: Client, wanted: { kind: string; direction: Tap["direction"]; frames: number }) {
  const read = async () => {
    const taps = (await readTaps(client)).filter(
      ({ kind, direction }) => kind === wanted.kind && direction === wanted.direction,
    );
    expect(taps.map(({ unread }) => unread)).not.toContain(1);
    return taps.flatMap(({ frames }) => frames).filter(({ before }) => before.length > MOST_CLEAR_BYTES + WINDOW_BYTES);
  };
  await client.until(
    `${wanted.frames} frames of the ${wanted.kind}`,
    async () => (await read()).length >= wanted.frames,
  );
  return read();
}

/** Twelve bytes of the plaintext, after those that stay clear by design, that also stand somewhere in the sealed frame; null if there are none. */
function sharedWindow(plain: Buffer, sealed: Buffer): string | null {
  for (let at = MOST_CLEAR_BYTES; at + WINDOW_BYTES <= plain.length; at += WINDOW_BYTES / 2) {
    const window = plain.subarray(at, at + WINDOW_BYTES);
    if (sealed.includes(window)) return window.toString("hex");
  }
  return null;
}
