import { describe, expect, it } from "vitest";
import type { Fingerprint, MemberId } from "../../../core/contract/parts.ts";
import { usualSettings } from "../../../core/contract/settings.ts";
import { addressGroup } from "../../../core/meeting/addresses.ts";
import type { Effect } from "../../../core/meeting/effects.ts";
import type { MeetingEvent } from "../../../core/meeting/events.ts";
import { MAX_STRANGERS, MAX_STRANGERS_PER_ADDRESS } from "../../../core/meeting/limits.ts";
import { initialState } from "../../../core/meeting/state.ts";
import { step } from "../../../core/meeting/step.ts";
import type { LinkId, PeerId } from "../../../core/ports/mesh.ts";
import { seededRandom } from "../../support/seeded-random.ts";

/** A meeting that strangers have reached: they know its secret, and nobody has let them in. */
class Meeting {
  readonly #state = initialState(usualSettings);
  readonly #random = seededRandom(3);
  #count = 0;

  constructor() {
    this.#take({ type: "command", command: { type: "attach", fingerprint: "0".repeat(64) as Fingerprint } });
    this.#take({ type: "command", command: { type: "start-meeting", name: "Anna", admission: "knock-any" } });
    this.#take({ type: "mesh-started", run: 1, self: "anna" as PeerId, addresses: [] });
  }

  /** Somebody connects; whether the link was kept. */
  arrive(remoteAddress: string): boolean {
    const link = `link-${String(++this.#count)}` as LinkId;
    const peer = `peer-${String(this.#count)}` as PeerId;
    const opened = { type: "link-opened", link, peer, direction: "inbound", path: "direct", remoteAddress } as const;
    const effects = this.#take({ type: "mesh", event: opened });
    const kept = this.#state.session?.links.get(link);
    expect(effects.some(({ type }) => type === "close")).toBe(kept === undefined);
    // As after a handshake.
    if (kept !== undefined)
      kept.stage = { name: "channel", channel: null as never, member: peer as string as MemberId };
    return kept !== undefined;
  }

  #take(event: MeetingEvent): readonly Effect[] {
    return step(this.#state, event, { now: 0, elapsed: this.#count * 1_000, random: this.#random }).effects;
  }
}

const arrivals = (meeting: Meeting, addressOf: (index: number) => string): number =>
  Array.from({ length: 50 }, (_, index) => meeting.arrive(addressOf(index))).filter(Boolean).length;

describe("strangers at a meeting", () => {
  it("are few at a time, from wherever they come", () => {
    expect(arrivals(new Meeting(), (index) => `/ip4/192.0.2.${String(index)}/tcp/1`)).toBe(MAX_STRANGERS);
  });

  it.each([
    ["one address", () => "/ip4/192.0.2.1/tcp/1"],
    ["one subscriber of IPv6", (index: number) => `/ip6/2001:db8::${String(index + 1)}/tcp/1`],
  ])("of %s do not take every place", (_what, addressOf) => {
    const meeting = new Meeting();
    expect(arrivals(meeting, addressOf)).toBe(MAX_STRANGERS_PER_ADDRESS);
    expect(meeting.arrive("/ip4/198.51.100.1/tcp/1")).toBe(true);
  });

  it("are counted by host, whatever port or transport they use", () => {
    const group = addressGroup("/ip4/192.0.2.1/tcp/1");
    expect(addressGroup("/ip4/192.0.2.1/tcp/4001/ws/p2p/x")).toBe(group);
    expect(addressGroup("/ip4/192.0.2.2/tcp/1")).not.toBe(group);
  });
});
