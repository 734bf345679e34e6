import { describe, expect, test } from "vitest";
import { FrameReader, frame, keepAliveFrame, packed } from "../../../core/mesh/framing.ts";
import { MAX_MESSAGE_BYTES } from "../../../core/ports/mesh.ts";
import { concat } from "../../../core/base/bytes.ts";

function reader(): { messages: number[][]; read: (bytes: Uint8Array) => string } {
  const messages: number[][] = [];
  const frames = new FrameReader((message) => messages.push([...message]));
  return { messages, read: (bytes) => frames.read(bytes) };
}

describe("framing", () => {
  test("writes four bytes of length, big-endian, and then the message", () => {
    expect([...frame(Uint8Array.of(7, 8))]).toEqual([0, 0, 0, 2, 7, 8]);
    expect([...frame(new Uint8Array(0x1_02_03)).subarray(0, 4)]).toEqual([0, 1, 2, 3]);
    expect([...keepAliveFrame()]).toEqual([0, 0, 0, 0]);
  });

  test("reads messages however the bytes are cut", () => {
    const stream = concat(
      frame(Uint8Array.of(1)),
      keepAliveFrame(),
      frame(new Uint8Array(9000).fill(2)),
      frame(Uint8Array.of(3)),
    );
    for (const size of [1, 2, 3, 5, 4096, stream.length]) {
      const { messages, read } = reader();
      for (let offset = 0; offset < stream.length; offset += size) {
        expect(read(stream.subarray(offset, offset + size))).toBe("intact");
      }
      expect(messages).toEqual([[1], new Array<number>(9000).fill(2), [3]]);
    }
  });

  test("puts what is given together into as few pieces as a packet each allows, and a long message alone", () => {
    const messages = [500, 500, 200, 5_000, 10, 20].map((length) => new Uint8Array(length).fill(length));
    const pieces = packed(messages);
    expect(pieces.map(({ length }) => length)).toEqual([1_008, 204, 5_004, 38]);
    const { messages: read, read: take } = reader();
    for (const piece of pieces) expect(take(piece)).toBe("intact");
    expect(read).toEqual(messages.map((message) => [...message]));
  });

  test("takes the largest length and breaks at one more, whatever follows", () => {
    const largest = reader();
    expect(largest.read(frame(new Uint8Array(MAX_MESSAGE_BYTES)))).toBe("intact");
    expect(largest.messages[0]?.length).toBe(MAX_MESSAGE_BYTES);
    const beyond = reader();
    expect(beyond.read(Uint8Array.of(0, 4, 0, 1))).toBe("broken");
    expect(beyond.messages).toEqual([]);
  });

  test("breaks at the prefix itself and hands over what came before it", () => {
    const { messages, read } = reader();
    expect(read(concat(frame(Uint8Array.of(5)), Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1)))).toBe("broken");
    expect(messages).toEqual([[5]]);
  });

  test("hands over messages that share no memory with what was read", () => {
    const kept: Uint8Array[] = [];
    const bytes = frame(Uint8Array.of(1, 2, 3));
    new FrameReader((message) => kept.push(message)).read(bytes);
    bytes.fill(0);
    expect(kept.map((message) => [...message])).toEqual([[1, 2, 3]]);
  });
});
