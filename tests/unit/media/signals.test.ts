import { describe, expect, test } from "vitest";
import { MAX_SIGNAL_CHARACTERS } from "../../../core/contract/limits.ts";
import { isUsableCandidate } from "../../../core/media/candidates.ts";
import { readSignal } from "../../../core/media/signals.ts";
import { candidate, description } from "./fake-peer.ts";

describe("signals", () => {
  test.each([description("offer"), description("answer"), candidate(), '{"type":"restart-request"}'])(
    "reads %.40s",
    (data) => {
      expect(readSignal(data)).toEqual(JSON.parse(data));
    },
  );

  test.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["null", "null"],
    ["an array", "[]"],
    ["another type", '{"type":"pranswer","sdp":"v=0"}'],
    ["simple-peer's renegotiate", '{"type":"renegotiate","renegotiate":true}'],
    ["simple-peer's transceiver request", '{"type":"transceiverRequest","transceiverRequest":{"kind":"video"}}'],
    ["an offer that is also a candidate", '{"type":"offer","sdp":"v=0","candidate":{"candidate":""}}'],
    ["an offer without a description", '{"type":"offer"}'],
    ["a number for a description", '{"type":"offer","sdp":7}'],
    ["too much of everything", JSON.stringify({ type: "offer", sdp: "x".repeat(MAX_SIGNAL_CHARACTERS) })],
    ["a section that does not exist", candidate().replace('"sdpMLineIndex":0', '"sdpMLineIndex":9')],
    ["a candidate that names a host", candidate("tracker.example.org")],
  ])("refuses %s", (_name, data) => {
    expect(readSignal(data)).toBeNull();
  });
});

describe("candidates", () => {
  const line = (address: string, typ = "typ host"): string =>
    `candidate:842163049 1 udp 1677729535 ${address} 44323 ${typ}`;

  test.each(["10.0.0.7", "fe80::1", "2001:db8::7", "::ffff:10.0.0.1", "0b5c0a51-9d1c-4e6c-8d7b-0f3d9f1c2a3b.local"])(
    "%s is usable",
    (address) => {
      expect(isUsableCandidate(line(address))).toBe(true);
      expect(isUsableCandidate(`a=${line(address)}`)).toBe(true);
    },
  );

  test.each(["example.org", "10.0.0.7.example.org", "localhost", "evil.local", "", "a:b:example.org"])(
    "%s is not: it would be looked up",
    (address) => {
      expect(isUsableCandidate(line(address))).toBe(false);
    },
  );

  test.each(["0.0.0.0", "::", "224.0.0.251", "ff02::fb", "255.255.255.255", "300.1.1.1", "::ffff:224.0.0.1"])(
    "%s is not: no one machine has it",
    (address) => {
      expect(isUsableCandidate(line(address))).toBe(false);
    },
  );

  test("over TCP are not: the browser would connect to whatever port of whatever host another names", () => {
    for (const kind of ["tcp", "TCP"]) {
      const passive = line("10.0.0.7", "typ host tcptype passive").replace("udp", kind);
      expect(isUsableCandidate(passive)).toBe(false);
    }
  });

  test("of the machine itself are usable: two clients of one machine without a network have no others", () => {
    expect(["127.0.0.1", "::1"].map((address) => isUsableCandidate(line(address)))).toEqual([true, true]);
  });

  test.each([
    "",
    "candidate:",
    line("10.0.0.1").replace("44323", "0"),
    line("10.0.0.1").replace("44323", "65536"),
    "candidate:1 1 udp",
    line("10.0.0.1", "type host"),
    line("10.0.0.1").replace("udp", "ssh"),
  ])("%s is no candidate", (text) => {
    expect(isUsableCandidate(text)).toBe(false);
  });
});
