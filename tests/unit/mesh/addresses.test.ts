import { multiaddr } from "@multiformats/multiaddr";
import { describe, expect, test } from "vitest";
import {
  bestAddresses,
  dialable,
  onlyLoopback,
  parseAddress,
  peerOf,
  relayOf,
} from "../../../core/mesh/libp2p/addresses.ts";
import { peerIdOf } from "../../../core/mesh/memory/peer-id.ts";

const PEER = peerIdOf(new Uint8Array(32).fill(1));
const RELAY = peerIdOf(new Uint8Array(32).fill(2));
const NOBODY = { relays: new Set<string>(), loopback: false };

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
    const chosen = { ...NOBODY, relays: new Set([RELAY]) };
    expect(dialable(PEER, [named, relayed], chosen).map(String)).toEqual([relayed]);
  });

  test.each([
    "/ip4/0.0.0.0/tcp/1",
    "/ip6/::/tcp/1",
    "/ip4/224.0.0.251/tcp/1",
    "/ip6/ff02::fb/tcp/1",
    "/ip4/255.255.255.255/tcp/1",
    "/ip6/::ffff:0.0.0.0/tcp/1",
    "/ip4/1.2.3.4/tcp/0",
    "/ip4/1.2.3.4/udp/1",
    "/ip4/1.2.3.4/udp/1/quic-v1",
    "/ip4/1.2.3.4/tcp/1/tls/ws",
    "/ip4/1.2.3.4/tcp/1/tls/sni/example.org/ws",
    "/ip4/1.2.3.4/tcp/1/http-path/x/ws",
    "/ip4/1.2.3.4/ip4/10.0.0.1/tcp/1",
    "/ip6zone/eth0/ip6/fe80::1/tcp/1",
    "/unix/%2Ftmp%2Fsocket",
    "/memory/7",
    "/dns/example.org/tcp/1/ws",
    `/ip4/1.2.3.4/tcp/0/p2p/${RELAY}/p2p-circuit`,
    `/ip4/224.0.0.1/tcp/1/p2p/${RELAY}/p2p-circuit`,
    `/unix/%2Ftmp%2Fsocket/p2p/${RELAY}/p2p-circuit`,
    `/ip4/1.2.3.4/tcp/1/p2p/${RELAY}/p2p-circuit/ip4/127.0.0.1/tcp/1`,
    `/ip4/1.2.3.4/tcp/1/p2p/${RELAY}/p2p-circuit/p2p/${RELAY}/p2p-circuit`,
  ])("of no machine's port are passed over: %s", (way) => {
    expect(parseAddress(`${way}/p2p/${PEER}`)).not.toBe(null);
    expect(dialable(PEER, [`${way}/p2p/${PEER}`], { relays: NOBODY.relays, loopback: true })).toEqual([]);
  });

  test.each(["/ip4/1.2.3.4/tcp/1", "/ip6/2001:db8::1/tcp/1/ws", `/ip4/10.0.0.1/tcp/1/p2p/${RELAY}/p2p-circuit/webrtc`])(
    "that lead somewhere are kept: %s",
    (way) => {
      expect(dialable(PEER, [`${way}/p2p/${PEER}`], NOBODY).map(String)).toEqual([`${way}/p2p/${PEER}`]);
    },
  );

  test.each(["/ip4/127.0.0.1/tcp/22", "/ip6/::1/tcp/22", "/ip6/::ffff:127.0.0.1/tcp/22"])(
    "of this machine itself are dialled only where that is wanted: %s",
    (way) => {
      expect(dialable(PEER, [`${way}/p2p/${PEER}`], NOBODY)).toEqual([]);
      expect(dialable(PEER, [`${way}/p2p/${PEER}`], { ...NOBODY, loopback: true }).length).toBe(1);
    },
  );

  test("tell whether this machine has any network but itself", () => {
    const own = (...hosts: string[]) => hosts.map((host) => multiaddr(`${host}/tcp/1/p2p/${PEER}`));
    expect(onlyLoopback(own("/ip4/127.0.0.1", "/ip6/::1"))).toBe(true);
    expect(onlyLoopback(own("/ip4/127.0.0.1", "/ip4/192.168.1.7"))).toBe(false);
    expect(onlyLoopback([])).toBe(true);
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
});
