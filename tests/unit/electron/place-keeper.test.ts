import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MAX_PLACE_BYTES, PLACE_MS, PlaceKeeper, wait } from "../../../electron/place-keeper.ts";

/** Bytes that any copy would be seen by. */
const KEYS = 0x5a;

function held(): { keeper: PlaceKeeper; given: () => { keys: Uint8Array; card: Uint8Array; entries: Uint8Array[] } } {
  const keeper = new PlaceKeeper(wait);
  const keys = new Uint8Array(96).fill(KEYS);
  keeper.take({ type: "keys", keys });
  keeper.take({ type: "card", card: Uint8Array.of(1, 2) });
  keeper.take({ type: "entries", entries: [Uint8Array.of(3), Uint8Array.of(4)] });
  keeper.take({ type: "entries", entries: [Uint8Array.of(5)] });
  expect(keys.every((byte) => byte === 0)).toBe(true);
  return {
    keeper,
    given() {
      const copies: { keys: Uint8Array; card: Uint8Array; entries: Uint8Array[] }[] = [];
      keeper.spend(({ keys: given, card, entries }) =>
        copies.push(structuredClone({ keys: given, card, entries: [...entries] })),
      );
      const [first] = copies;
      if (first === undefined) throw new Error("nothing is held");
      return first;
    },
  };
}

const nothing = (keeper: PlaceKeeper): boolean => {
  const use = vi.fn();
  keeper.spend(use);
  return use.mock.calls.length === 0;
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the keeper of a place", () => {
  it("gives what a host said last to the next, once", () => {
    const { keeper, given } = held();
    keeper.take({ type: "card", card: Uint8Array.of(9) });
    keeper.hostDied();
    const { keys, card, entries } = given();
    expect([keys.length, keys[0], keys[95]]).toEqual([96, KEYS, KEYS]);
    expect(card).toEqual(Uint8Array.of(9));
    expect(entries.map(([byte]) => byte)).toEqual([3, 4, 5]);
    expect(nothing(keeper)).toBe(true);
  });

  it("has wiped all of it once it is given", () => {
    const { keeper } = held();
    const seen: Uint8Array[] = [];
    keeper.spend(({ keys, card, entries }) => seen.push(keys, card, ...entries));
    expect(seen).toHaveLength(5);
    expect(seen.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });

  it("keeps what the next host says while it is given the last one's", () => {
    const { keeper } = held();
    keeper.spend(() => {
      keeper.take({ type: "keys", keys: new Uint8Array(96).fill(7) });
      keeper.take({ type: "card", card: Uint8Array.of(7) });
    });
    keeper.spend(({ keys, card, entries }) => expect([keys[0], card[0], entries.length]).toEqual([7, 7, 0]));
    expect.assertions(2);
  });

  it("wipes it when the meeting is over, when it is told to forget, and two minutes after the host died", () => {
    const ends: ((keeper: PlaceKeeper) => void)[] = [
      (keeper) => keeper.take({ type: "none" }),
      (keeper) => keeper.forget(),
      (keeper) => {
        keeper.hostDied();
        vi.advanceTimersByTime(PLACE_MS);
      },
    ];
    for (const end of ends) {
      // What a keeper holds is its own: only the wiping itself shows.
      const wiped = vi.spyOn(Uint8Array.prototype, "fill");
      const { keeper } = held();
      wiped.mockClear();
      end(keeper);
      expect(wiped.mock.contexts.map((bytes) => (bytes as Uint8Array).length).sort()).toEqual([1, 1, 1, 2, 96].sort());
      expect(wiped.mock.calls.every(([byte]) => byte === 0)).toBe(true);
      wiped.mockRestore();
      expect(nothing(keeper)).toBe(true);
    }
  });

  it("holds it as long as its host lives, and until the two minutes are over", () => {
    const { keeper, given } = held();
    vi.advanceTimersByTime(10 * PLACE_MS);
    keeper.hostDied();
    vi.advanceTimersByTime(PLACE_MS - 1);
    expect(given().entries).toHaveLength(3);
  });

  it("does not end a later host's place by the time of an earlier one's", () => {
    const { keeper, given } = held();
    keeper.hostDied();
    vi.advanceTimersByTime(PLACE_MS / 2);
    keeper.spend(() => undefined);
    keeper.take({ type: "keys", keys: new Uint8Array(96) });
    keeper.take({ type: "card", card: Uint8Array.of(8) });
    vi.advanceTimersByTime(PLACE_MS);
    expect(given().card).toEqual(Uint8Array.of(8));
  });

  it("keeps nothing of a place that is too long, and none without keys", () => {
    const { keeper } = held();
    const long = new Uint8Array(4096);
    for (let bytes = 0; bytes <= MAX_PLACE_BYTES; bytes += long.length) {
      keeper.take({ type: "entries", entries: [long.slice()] });
    }
    keeper.take({ type: "card", card: Uint8Array.of(1) });
    expect(nothing(keeper)).toBe(true);
  });

  it("is never printed", () => {
    const { keeper } = held();
    const printed = inspect(keeper, { depth: 9, showHidden: true }) + JSON.stringify(keeper);
    for (const word of ["90", "5a", "Zlpa", "ZZZ"]) expect(printed).not.toContain(word);
  });
});
