import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Cast, meet } from "../support/cast.ts";
import type { Client } from "../support/client.ts";
import { noteKeys, notedKeys } from "../support/frame-keys.ts";
import { readEncoded, readTaps, tapFrames, type Direction } from "../support/frame-tap.ts";
import { seesAndHears } from "../support/link-figures.ts";
import { pageHeap } from "../support/page-heap.ts";
import { readContacts, traceInto, tracingAvailable } from "../support/traced-network.ts";
import { findKey } from "../support/written-key.ts";

/** Bytes of VP8 that stay readable by design: 10 of a key frame, fewer of others. */
const MOST_CLEAR_BYTES = 10;
const WINDOW_BYTES = 12;
const WORDS = "the harbour at dawn, third bench";

const cast = new Cast();
/** Ben's console. */
const said: string[] = [];
let ana: Client;
let ben: Client;
let trace: string;
let log: string;

afterAll(() => cast.end());

describe("a call of two full clients", () => {
  beforeAll(async () => {
    trace = join(cast.folder(), "trace");
    const inside = tracingAvailable ? { inside: traceInto(trace) } : {};
    ana = await cast.start({ name: "Ana Recorded-Name", ...inside });
    log = join(cast.folder(), "log");
    // Whatever can be made to say something says all it can.
    ben = await cast.start({
      name: "Ben",
      inside: ["sh", "-c", `"$@" 2>&1 | tee "${log}"`, "sh"],
      environment: { DEBUG: "*", NODE_DEBUG: "net,stream" },
      more: [
        "--chromium-arg",
        "--js-flags=--heap-snapshot-string-limit=1048576",
        "--chromium-arg",
        "--enable-logging=stderr",
      ],
    });
    await Promise.all([tapFrames(ana), tapFrames(ben)]);
    await noteKeys(ben);
    ben.page.on("console", (message) => said.push(message.text()));
    await meet(ana, [ben]);
    await ana.until("Ben's picture and sound", () => seesAndHears(ana, ["Ben"]));
    await ben.until("Ana's picture and sound", () => seesAndHears(ben, [ana.name]));
  }, 240_000);

  test("no sound frame leaves the frames worker with any of its plaintext in it", async () => {
    const sent = await collect(ana, { kind: "microphone", direction: "send", frames: 40 });
    for (const { before, after } of sent) {
      expect(after.length).toBeGreaterThan(before.length);
      expect(sharedWindow(before, after)).toBeNull();
    }
  });

  test("no camera frame leaves the frames worker with any plaintext in it", async () => {
    const sent = await collect(ana, { kind: "camera", direction: "carry", frames: 20 });
    const encoded = await readEncoded(ana);
    expect(encoded.length).toBeGreaterThanOrEqual(20);
    // That sealed pictures were looked at, and not what the link's own encoder made.
    const longest = Math.max(...encoded.map(({ length }) => length));
    expect(Math.max(...sent.map(({ after }) => after.length))).toBeGreaterThan(longest / 2);
    for (const plain of encoded.slice(0, 40)) {
      for (const { after } of sent.slice(0, 40)) expect(sharedWindow(plain, after)).toBeNull();
    }
  });

  test("what arrives of the microphone is what left, sealed, and opens to what was encoded", async () => {
    const received = await collect(ben, { kind: "microphone", direction: "receive", frames: 20 });
    const sent = await collect(ana, { kind: "microphone", direction: "send", frames: 20 });
    const plainBySealed = new Map(sent.map(({ before, after }) => [after.toString("hex"), before.toString("hex")]));
    const known = received.filter(({ before }) => plainBySealed.has(before.toString("hex")));
    expect(known.length).toBeGreaterThan(5);
    for (const { before, after } of known)
      expect(after.toString("hex")).toBe(plainBySealed.get(before.toString("hex")));
  });

  test("what arrives of the camera is what left, sealed, and opens to what was encoded", async () => {
    const received = await collect(ben, { kind: "camera", direction: "receive", frames: 20 });
    const sent = await collect(ana, { kind: "camera", direction: "carry", frames: 20 });
    const sealed = new Set(sent.map(({ after }) => after.toString("hex")));
    const encoded = new Set((await readEncoded(ana)).map((bytes) => bytes.toString("hex")));
    const known = received.filter(({ before }) => sealed.has(before.toString("hex")));
    expect(known.length).toBeGreaterThan(5);
    const opened = known.filter(({ after }) => encoded.has(after.toString("hex")));
    expect(opened.length).toBeGreaterThan(5);
  });

  test("no media key of the call is in the page's heap, on its console or in anything that the client says", async () => {
    const keys = await notedKeys(ben);
    // Its own and Ana's.
    expect(keys.length).toBeGreaterThanOrEqual(2);
    const [asText, asHex, asList] = [randomBytes(32), randomBytes(32), randomBytes(32)];
    await ben.page.evaluate(
      (planted) => Object.assign(globalThis, { planted }),
      [asText.toString("base64url"), asHex.toString("hex"), [...asList]],
    );
    const heap = await pageHeap(ben);
    expect(findKey(heap, asText)).toContain("base64url");
    expect(findKey(heap, asHex)).toContain("hex");
    expect(findKey(heap, asList)).toContain("a list");
    for (const key of keys) expect(findKey(heap, key)).toEqual([]);
    const words = Buffer.concat([readFileSync(log), Buffer.from(said.join("\n"))]);
    for (const word of ["VIGIL READY", "libp2p"]) expect(words.includes(word)).toBe(true);
    for (const key of keys) expect(findKey(words, key)).toEqual([]);
  });

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
async function collect(client: Client, wanted: { kind: string; direction: Direction; frames: number }) {
  const read = async () => {
    const taps = (await readTaps(client)).filter(
      ({ kind, direction }) => kind === wanted.kind && direction === wanted.direction,
    );
    expect(taps.map(({ unread }) => unread)).not.toContain(1);
    return taps.flatMap(({ frames }) => frames).filter(({ after }) => after.length > MOST_CLEAR_BYTES + WINDOW_BYTES);
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
