import { describe, expect, it } from "vitest";
import { utf8 } from "../../../core/base/bytes.ts";
import { Secret } from "../../../core/base/secret.ts";
import {
  type Channel,
  createChannel,
  MAX_CHANNEL_PLAINTEXT_BYTES,
  openMessage,
  sealMessage,
  wipeChannel,
} from "../../../core/keys/channel.ts";

const key = (fill: number): Secret<"channel-key"> => new Secret("channel-key", new Uint8Array(32).fill(fill));
const ends = (): [Channel, Channel] => [createChannel(key(1), key(2)), createChannel(key(2), key(1))];

function sealAll(channel: Channel, ...texts: readonly string[]): Uint8Array[] {
  let current = channel;
  return texts.map((text) => {
    const sealed = sealMessage(current, utf8(text));
    current = sealed.channel;
    return sealed.message;
  });
}

function openAll(channel: Channel, ...messages: readonly (Uint8Array | undefined)[]): string[] {
  let current = channel;
  return messages.map((message) => {
    const opened = openMessage(current, message ?? new Uint8Array());
    if (!opened.ok) return opened.error.code;
    current = opened.value.channel;
    return new TextDecoder().decode(opened.value.plaintext);
  });
}

describe("the pairwise channel", () => {
  it("carries messages in order, each sealed otherwise", () => {
    const [here, there] = ends();
    const sealed = sealAll(here, "a", "a", "", "b");
    expect(new Set(sealed.map(String)).size).toBe(4);
    expect(openAll(there, ...sealed)).toEqual(["a", "a", "", "b"]);
  });

  it("refuses repeats, gaps, and other orders", () => {
    const [here, there] = ends();
    const [one, two, three] = sealAll(here, "one", "two", "three");
    expect(openAll(there, two, one, one, three, two)).toEqual([
      "channel-refused",
      "one",
      "channel-refused",
      "channel-refused",
      "two",
    ]);
  });

  it("refuses its own messages sent back, altered ones, and short ones", () => {
    const [here, there] = ends();
    const [one] = sealAll(here, "one");
    const altered = one?.slice() ?? new Uint8Array();
    altered[3] = (altered[3] ?? 0) ^ 1;
    expect(openAll(there, altered, one?.subarray(0, 15), new Uint8Array())).toEqual(
      new Array(3).fill("channel-refused"),
    );
    expect(openAll(here, one)).toEqual(["channel-refused"]);
  });

  it("lets no value be used twice, so that no nonce comes again", () => {
    const [here, there] = ends();
    const [one] = sealAll(here, "one");
    expect(() => sealMessage(here, utf8("other"))).toThrow("channel-spent");
    openAll(there, one);
    expect(() => openMessage(there, one ?? new Uint8Array())).toThrow("channel-spent");
  });

  it("stops before its counter could come to an end", () => {
    const [here] = ends();
    const last = { ...here, sent: Number.MAX_SAFE_INTEGER, mark: { sent: Number.MAX_SAFE_INTEGER, received: 0 } };
    expect(() => sealMessage(last, utf8("x"))).toThrow("channel-exhausted");
  });

  it("seals nothing beyond its limit and nothing once wiped", () => {
    const [here] = ends();
    expect(() => sealMessage(here, new Uint8Array(MAX_CHANNEL_PLAINTEXT_BYTES + 1))).toThrow("message-too-long");
    wipeChannel(here);
    expect(() => sealMessage(here, utf8("x"))).toThrow("channel-key");
  });
});
