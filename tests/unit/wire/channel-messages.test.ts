import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeCbor } from "../../../core/wire/cbor.ts";
import {
  decodeChannelMessage,
  encodeChannelMessage,
  type ChannelMessage,
} from "../../../core/wire/channel-messages.ts";

const id = new Uint8Array(16).fill(1);
const key = new Uint8Array(32).fill(2);
const EXAMPLES: readonly ChannelMessage[] = [
  { type: "join", request: new Uint8Array(128), capability: new Uint8Array(180) },
  { type: "waiting" },
  { type: "refused", code: "meeting-full", reason: "no room" },
  { type: "entries", entries: [new Uint8Array(300), new Uint8Array(1)] },
  { type: "sync", heads: [key] },
  { type: "contacts", contacts: [[key, ["/ip4/192.0.2.1/tcp/1/p2p/x"]]] },
  { type: "hello", name: "Anna", media: 7, addresses: [], heads: [key, key], generation: 0 },
  { type: "profile", name: "", media: 0 },
  { type: "key", message: new Uint8Array(40) },
  { type: "open-media", generation: 1 },
  { type: "want-media" },
  { type: "signal", generation: 3, data: "{}" },
  { type: "chat", id, at: 1_900_000_000_000, text: "سلام", answers: new Uint8Array() },
  { type: "chat", id, at: 1_900_000_000_000, text: "سلام", answers: new Uint8Array(48).fill(3) },
  { type: "chat-ack", id },
  { type: "knock", request: new Uint8Array(128), capability: new Uint8Array(180) },
  { type: "knock-refused", member: key, reason: "" },
  { type: "persona", certificate: new Uint8Array(200) },
  { type: "record-name", statement: new Uint8Array(150) },
  { type: "record-name", statement: new Uint8Array() },
  { type: "hand", ticket: 0 },
  { type: "hand", ticket: Number.MAX_SAFE_INTEGER },
  { type: "reaction", kind: 4 },
];

const REFUSED = { ok: false, error: { code: "channel-message-malformed", fault: "peer" } };

describe("channel messages", () => {
  it.each(EXAMPLES)("$type comes back as it went", (message) => {
    expect(decodeChannelMessage(encodeChannelMessage(message))).toEqual({ ok: true, value: message });
  });

  it.each([
    ["an unknown number", [99]],
    ["a field too many", [2, 0]],
    ["a field too few", [13, id, 1, "x"]],
    ["an answer to half a message", [13, id, 1, "x", new Uint8Array(32)]],
    ["an answer to a message by text", [13, id, 1, "x", ""]],
    ["text where bytes belong", [14, "0123456789abcdef"]],
    ["an id of 15 bytes", [14, id.subarray(1)]],
    ["a text over its limit", [13, id, 1, "x".repeat(4001), new Uint8Array()]],
    ["more heads than allowed", [5, Array.from({ length: 65 }, () => key)]],
    ["a word about a name in records over its limit", [19, new Uint8Array(513)]],
    ["a ticket below 0", [20, -1]],
    ["a ticket and more", [20, 1, 1]],
    ["a reaction that does not exist", [21, 5]],
    ["a reaction by name", [21, "heart"]],
    ["a map", new Map([["type", "waiting"]])],
    ["nothing", []],
  ])("refuses %s", (_what, value) => {
    expect(decodeChannelMessage(encodeCbor(value))).toMatchObject(REFUSED);
  });

  it("refuses more than the largest message before reading it", () => {
    expect(decodeChannelMessage(new Uint8Array(200 * 1024 + 1))).toMatchObject(REFUSED);
  });

  it("answers any bytes, and any altered message, with a value and never a throw", () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(bytes, (any) => typeof decodeChannelMessage(any).ok === "boolean"),
      { numRuns: 2_000 },
    );
    const altered = fc.tuple(fc.constantFrom(...EXAMPLES), fc.nat(), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(altered, ([message, place, flip]) => {
        const encoded = encodeChannelMessage(message);
        const at = place % encoded.length;
        encoded[at] = (encoded[at] ?? 0) ^ flip;
        return typeof decodeChannelMessage(encoded).ok === "boolean";
      }),
      { numRuns: 2_000 },
    );
  });
});
