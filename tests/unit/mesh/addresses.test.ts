import { multiaddr } from "@multiformats/multiaddr";
import { describe, expect, test } from "vitest";
import { bestAddresses, dialable, parseAddress, peerOf, relayOf } from "../../../core/mesh/libp2p/addresses.ts";
import { ipScope } from "../../../core/mesh/libp2p/ip-scope.ts";
import { peerIdOf } from "../../../core/mesh/memory/peer-id.ts";

const PEER = peerIdOf(new Uint8Array(32).fill(1));
const RELAY = peerIdOf(new Uint8Array(32).fill(2));
const NOBODY: ReadonlySet<string> = new Set();

describe("addresses", () => {
  test("parse, or are null", () => {
    expect(parseAddress(`/ip4/1.2.3.4/tcp/1/p2p/${PEER}`)?.toString()).toBe(`/ip4/1.2.3.4/tcp/1/p2p/${PEER}`);
    for (const text of ["", "nonsense", "/ip4/300.1.1.1/tcp/1", `/ip4/1.2.3.4/tcp/1/p2p/${"Q".repeat(600)}`]) {
      expect(parseAddress(text)?.toString() ?? null, text).toBe(text === "" ? "/" : null);
    }
  });

  test("name the peer at their far end and the relay between", () => {
    const direct = multiaddr(`/ip4/1.2.3.4/tcp/1/p2p/${PEER}`);
    const relayed = multiaddr(`/ip4/1.2.3.4/tcp/1/p2p/${RELAY}/p2p-circuit/p2p/${PEER}`);
    expect([peerOf(direct), relayOf(direct)]).toEqual([PEER, null]);
    expect([peerOf(relayed), relayOf(relayed)]).toEqual([PEER, RELAY]);
    expect(peerOf(multiaddr("/ip4/1.2.3.4/tcp/1"))).toBe(null);
  });

  test("are dialled once each, and only those of the peer that is meant", () => {
    const good = `/ip4/1.2.3.4/tcp/1/p2p/${PEER}`;
    const others = [`/ip4/1.2.3.4/tcp/1/p2p/${RELAY}`, "/ip4/1.2.3.4/tcp/1", "nonsense"];
    expect(dialable(PEER, [good, ...others, good], NOBODY).map(String)).toEqual([good]);
  });

  test("over webrtc-direct are passed over", () => {
    const certhash = "uEiAML8qHVaSYU3-rho_eRjX0G46XTikCluLh5aOBEkcaKQ";
    const direct = `/ip4/1.2.3.4/udp/1/webrtc-direct/certhash/${certhash}/p2p/${PEER}`;
    expect(parseAddress(direct)).not.toBe(null);
    expect(dialable(PEER, [direct], NOBODY)).toEqual([]);
  });

  test("beyond the sixteenth are not looked at", () => {
    const many = Array.from({ length: 40 }, (_, index) => `/ip4/1.2.3.4/tcp/${index + 1}/p2p/${PEER}`);
    expect(dialable(PEER, many, NOBODY).length).toBe(16);
  });

  test("that need a name server are passed over, unless they lead to a chosen relay", () => {
    const named = `/dns4/example.org/tcp/1/p2p/${PEER}`;
    const relayed = `/dns4/example.org/tcp/1/p2p/${RELAY}/p2p-circuit/p2p/${PEER}`;
    expect(dialable(PEER, [named, `/dnsaddr/example.org/p2p/${PEER}`, relayed], NOBODY)).toEqual([]);
    expect(dialable(PEER, [named, relayed], new Set([RELAY])).map(String)).toEqual([relayed]);
  });

  test("are offered best first: public, private, link-local, loopback; direct before relayed; TCP before the rest", () => {
    const ordered = [
      `/ip4/1.2.3.4/tcp/1/p2p/${PEER}`,
      `/ip4/1.2.3.4/tcp/2/ws/p2p/${PEER}`,
      `/ip4/1.2.3.4/tcp/1/p2p/${RELAY}/p2p-circuit/p2p/${PEER}`,
      `/ip4/10.0.0.1/tcp/1/p2p/${PEER}`,
      `/ip6/fd00::1/tcp/2/ws/p2p/${PEER}`,
      `/ip6/fe80::1/tcp/1/p2p/${PEER}`,
      `/ip4/127.0.0.1/tcp/1/p2p/${PEER}`,
    ];
    expect(bestAddresses([...ordered].reverse().map((text) => multiaddr(text)))).toEqual(ordered);
  });

  test("are offered once each, two of a kind, eight in all", () => {
    const many = Array.from({ length: 5 }, (_, index) => [
      `/ip4/1.2.3.${index}/tcp/1/p2p/${PEER}`,
      `/ip4/1.2.3.${index}/tcp/2/ws/p2p/${PEER}`,
      `/ip4/10.2.3.${index}/tcp/1/p2p/${PEER}`,
      `/ip4/10.2.3.${index}/tcp/2/ws/p2p/${PEER}`,
      `/ip4/127.0.0.${index}/tcp/1/p2p/${PEER}`,
      `/ip4/1.2.3.${index}/tcp/1/p2p/${RELAY}/p2p-circuit/p2p/${PEER}`,
    ]).flat();
    const best = bestAddresses([...many, ...many].map((text) => multiaddr(text)));
    expect(best.length).toBe(8);
    expect(new Set(best).size).toBe(8);
    expect(best.filter((text) => text.includes("p2p-circuit")).length).toBe(2);
    expect(best.slice(0, 2).every((text) => /^\/ip4\/1\.2\.3\.\d\/tcp\/1\/p2p\/[^/]+$/.test(text))).toBe(true);
  });

  test.each([
    ["8.8.8.8", "public"],
    ["172.15.0.1", "public"],
    ["172.16.0.1", "private"],
    ["172.32.0.1", "public"],
    ["192.168.1.1", "private"],
    ["100.64.0.1", "private"],
    ["169.254.1.1", "link"],
    ["127.9.9.9", "loopback"],
    ["2001:db8::1", "public"],
    ["fd12::1", "private"],
    ["fe80::1", "link"],
    ["::1", "loopback"],
  ])("of %s reach %s", (address, scope) => {
    expect(ipScope(address)).toBe(scope);
  });
});
