import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type HostEvents, Hosts } from "../../../electron/chromium/hosts.ts";
import type { HostProcess } from "../../../electron/chromium/host-process.ts";
import type { Attachment } from "../../../electron/chromium/page-link.ts";
import { PLACE_MS, PlaceKeeper, wait } from "../../../electron/place-keeper.ts";
import { double } from "../../support/electron-double.ts";

class HostDouble {
  alive = true;
  readonly events: HostEvents;
  /** What it was told, in this order. */
  readonly told: unknown[] = [];

  constructor(events: HostEvents) {
    this.events = events;
  }

  attach(what: string): object {
    this.told.push(what);
    return { listen: vi.fn(), post: vi.fn(), close: vi.fn(), onClosed: vi.fn() };
  }

  giveBack(place: object): void {
    this.told.push(structuredClone(place));
  }

  stop = (): Promise<void> => Promise.resolve();

  handUp(byte: number): void {
    this.events.onPlace({ type: "keys", keys: new Uint8Array(96).fill(byte) });
    this.events.onPlace({ type: "card", card: Uint8Array.of(byte) });
  }

  die(): void {
    this.alive = false;
    this.events.onExit();
  }
}

let started: HostDouble[] = [];

function hosts(): { hosts: Hosts; first: HostDouble; revive: () => HostDouble } {
  started = [];
  const made = new Hosts((events) => {
    const host = new HostDouble(events);
    started.push(host);
    return double<HostProcess>(host);
  }, wait);
  const page = double<Attachment>({ post: vi.fn(), listen: vi.fn(), onGone: vi.fn(), close: vi.fn() });
  const revive = (): HostDouble => {
    made.attachPage(page);
    return started.at(-1) as HostDouble;
  };
  return { hosts: made, first: started[0] as HostDouble, revive };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the hosts of the Chromium window", () => {
  it("hand the place of one that died to the next, before the page, and only once", () => {
    const { first, revive } = hosts();
    first.handUp(1);
    first.die();
    // What was on its way when it died.
    first.events.onPlace({ type: "entries", entries: [Uint8Array.of(5)] });
    const second = revive();
    const place = {
      type: "return",
      keys: new Uint8Array(96).fill(1),
      card: Uint8Array.of(1),
      entries: [Uint8Array.of(5)],
    };
    expect(second.told).toEqual([place, "attach-page"]);
    second.die();
    expect(revive().told).toEqual(["attach-page"]);
  });

  it("hear of a place only from the one that was started last", () => {
    const { first, revive } = hosts();
    first.die();
    const second = revive();
    second.handUp(2);
    first.handUp(1);
    first.events.onPlace({ type: "none" });
    second.die();
    expect(revive().told[0]).toMatchObject({ card: Uint8Array.of(2) });
  });

  it("have none after two minutes, after a word that everything is to end, and after the end", async () => {
    for (const end of [
      () => Promise.resolve(vi.advanceTimersByTime(PLACE_MS)),
      (all: Hosts) => Promise.resolve(all.forgetPlace()),
    ]) {
      const { hosts: all, first, revive } = hosts();
      first.handUp(1);
      first.die();
      await end(all);
      expect(revive().told).toEqual(["attach-page"]);
    }
    const { hosts: all, first, revive } = hosts();
    const forget = vi.spyOn(PlaceKeeper.prototype, "forget");
    await all.stop();
    expect(forget).toHaveBeenCalled();
    forget.mockClear();
    first.handUp(1);
    first.die();
    revive();
    expect(started).toHaveLength(1);
    // Nothing was taken, so that nothing had to be forgotten first.
    expect(forget).not.toHaveBeenCalled();
    forget.mockRestore();
  });
});
