import type { Connection, MultiaddrConnection } from "@libp2p/interface";
import { peerIdFromString } from "@libp2p/peer-id";
import { multiaddr } from "@multiformats/multiaddr";
import { describe, expect, test } from "vitest";
import { Door } from "../../../core/mesh/libp2p/door.ts";
import { peerIdOf } from "../../../core/mesh/memory/peer-id.ts";

/** A door at which others arrive one after the other and stay. */
class Entrance {
  readonly #inside: Pick<Connection, "direction" | "remotePeer" | "remoteAddr">[] = [];
  readonly #door = new Door(new Set(), () => this.#inside as Connection[]);
  #seed = 0;

  /** Whether somebody new gets in from a host. */
  knock(host: string, peer = this.someone()): boolean {
    const remotePeer = peerIdFromString(peer);
    const remoteAddr = multiaddr(`${host}/tcp/4001`);
    const denied = this.#door.gater.denyInboundUpgradedConnection?.(remotePeer, { remoteAddr } as MultiaddrConnection);
    if (denied === false) this.#inside.push({ direction: "inbound", remotePeer, remoteAddr });
    return denied === false;
  }

  admit(...peers: string[]): void {
    this.#door.setMembers(peers);
  }

  someone(): string {
    return peerIdOf(new Uint8Array(32).fill(++this.#seed));
  }
}

/** How many of fifty get in. */
function crowd(entrance: Entrance, hostOf: (index: number) => string): number {
  return Array.from({ length: 50 }, (_, index) => entrance.knock(hostOf(index))).filter(Boolean).length;
}

describe("the door", () => {
  test("has room for thirty strangers from everywhere", () => {
    expect(crowd(new Entrance(), (index) => `/ip4/192.0.2.${index}`)).toBe(30);
  });

  test.each([
    ["one address", () => "/ip4/192.0.2.1"],
    ["one subscriber of IPv6", (index: number) => `/ip6/2001:db8::${index + 1}`],
    ["one relay", () => `/ip4/192.0.2.1/tcp/1/p2p/${peerIdOf(new Uint8Array(32))}/p2p-circuit/ip4/10.0.0.1`],
  ])("gives %s sixteen of these places, and the rest to others", (_what, hostOf) => {
    const entrance = new Entrance();
    expect(crowd(entrance, hostOf)).toBe(16);
    expect(entrance.knock("/ip4/198.51.100.1")).toBe(true);
  });

  test("is open to a member, however many strangers of the same address stand there", () => {
    const entrance = new Entrance();
    const member = entrance.someone();
    entrance.admit(member);
    crowd(entrance, () => "/ip4/192.0.2.1");
    expect(entrance.knock("/ip4/192.0.2.1", member)).toBe(true);
  });

  test("does not count members as strangers of their address", () => {
    const entrance = new Entrance();
    const members = Array.from({ length: 20 }, () => entrance.someone());
    entrance.admit(...members);
    for (const member of members) entrance.knock("/ip4/192.0.2.1", member);
    expect(entrance.knock("/ip4/192.0.2.1")).toBe(true);
  });
});
