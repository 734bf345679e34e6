import { multiaddr } from "@multiformats/multiaddr";
import { describe, expect, it } from "vitest";
import { checkDown } from "../../../core/contract/contract.ts";
import { isRelayAddress } from "../../../core/contract/relay-address.ts";
import { usualSettings, usualTreatment, type Settings } from "../../../core/contract/settings.ts";

const PEER = "12D3KooWGzxzKZYveHXtpG6AsrUJBcWxHBFS2HsEoGTxrMLvKXtf";

function accepted(settings: unknown): boolean {
  return checkDown({ channel: "command", body: { type: "change-settings", settings } }).ok;
}

function withRelays(relays: readonly string[]): Settings {
  return { ...usualSettings, network: { localDiscovery: true, relays } };
}

describe("the address of a relay", () => {
  it.each([
    `/ip4/192.0.2.7/tcp/4001/p2p/${PEER}`,
    `/ip6/2001:db8::1/tcp/4001/p2p/${PEER}`,
    `/dns4/relay.example.org/tcp/443/wss/p2p/${PEER}`,
    `/dns/relay.example.org/tcp/443/tls/ws/p2p/${PEER}`,
    `/dns6/relay.example.org/tcp/80/ws/p2p/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N`,
  ])("may be %s, which libp2p understands as well", (address) => {
    expect(isRelayAddress(address)).toBe(true);
    expect(multiaddr(address).getComponents().at(-1)?.name).toBe("p2p");
  });

  it.each([
    "",
    "relay.example.org:443",
    "https://relay.example.org",
    `/ip4/192.0.2.7/tcp/4001`,
    `/ip4/192.0.2.256/tcp/4001/p2p/${PEER}`,
    `/ip4/192.0.2.7/tcp/0/p2p/${PEER}`,
    `/ip4/192.0.2.7/tcp/65536/p2p/${PEER}`,
    `/ip4/192.0.2.7/udp/4001/quic-v1/p2p/${PEER}`,
    `/ip6/2001:db8::1::2/tcp/4001/p2p/${PEER}`,
    `/ip4/192.0.2.7/tcp/4001/p2p/${PEER}/p2p-circuit`,
    `/ip4/192.0.2.7/tcp/4001/p2p/${PEER.slice(1)}`,
    `/dns4/-relay.example.org/tcp/443/p2p/${PEER}`,
    `/dns4/${"a.".repeat(120)}org/tcp/443/p2p/${PEER}`,
    `/toString/x/tcp/443/p2p/${PEER}`,
    ` /ip4/192.0.2.7/tcp/4001/p2p/${PEER}`,
  ])("may not be %j", (address) => {
    expect(isRelayAddress(address)).toBe(false);
  });
});

describe("settings on their way to the host", () => {
  it("are taken whole", () => {
    expect(accepted(usualSettings)).toBe(true);
    expect(accepted({ ...usualSettings, look: { language: "zh-Hans", appearance: "dark" } })).toBe(true);
    expect(accepted({ ...usualSettings, sound: usualTreatment })).toBe(true);
    expect(accepted(withRelays([`/ip4/192.0.2.7/tcp/4001/p2p/${PEER}`]))).toBe(true);
  });

  it("are refused with anything that is none", () => {
    expect(accepted({ ...usualSettings, name: "Ada" })).toBe(false);
    expect(accepted({ ...usualSettings, look: { language: "../../etc", appearance: "dark" } })).toBe(false);
    expect(accepted({ ...usualSettings, look: { language: null, appearance: "pink" } })).toBe(false);
    expect(accepted(withRelays(["relay.example.org"]))).toBe(false);
    expect(accepted({ ...usualSettings, sound: { echoCancellation: true } })).toBe(false);
  });

  it("name each relay once, and eight at most", () => {
    const relay = (port: number): string => `/ip4/192.0.2.7/tcp/${port}/p2p/${PEER}`;
    expect(accepted(withRelays([relay(1), relay(1)]))).toBe(false);
    expect(accepted(withRelays(Array.from({ length: 8 }, (_, index) => relay(index + 1))))).toBe(true);
    expect(accepted(withRelays(Array.from({ length: 9 }, (_, index) => relay(index + 1))))).toBe(false);
  });
});
