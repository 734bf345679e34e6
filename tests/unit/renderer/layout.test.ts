import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Wish } from "../../../core/contract/wish.ts";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import { layOut, type StageState } from "../../../renderer/features/call/layout/layout.ts";
import { MIN_HEIGHT, MIN_WIDTH, type PlacedTile } from "../../../renderer/features/call/layout/placed.ts";
import { sizeFor, Viewing } from "../../../renderer/rtc/viewing.ts";
import { sampleMember } from "../../support/scenes.ts";

const DESKTOP = { width: 900, height: 650 };
const UPRIGHT = { width: 344, height: 500 };

function state(people: number, changes: Partial<StageState> = {}): StageState {
  const members = Array.from({ length: people }, (_, index) => ({ id: sampleMember(index), self: index === 0 }));
  return { members, mode: "grid", selfView: true, pinned: null, speaker: null, sharer: null, page: 0, ...changes };
}

const who = (tiles: readonly PlacedTile[]): MemberId[] => tiles.map(({ member }) => member);
const large = (tiles: readonly PlacedTile[]): PlacedTile | undefined => tiles.find(({ role }) => role === "large");

describe("a layout", () => {
  it("shows two people the other large and oneself small in a corner", () => {
    const { tiles } = layOut(state(2), DESKTOP);
    expect(tiles.map(({ member, role }) => [member, role])).toEqual([
      [sampleMember(1), "even"],
      [sampleMember(0), "over"],
    ]);
  });

  it("leaves out oneself where one does not want to be seen, but not when nobody else is there", () => {
    expect(who(layOut(state(2, { selfView: false }), DESKTOP).tiles)).toEqual([sampleMember(1)]);
    expect(who(layOut(state(4, { selfView: false }), DESKTOP).tiles)).not.toContain(sampleMember(0));
    expect(who(layOut(state(1, { selfView: false }), DESKTOP).tiles)).toEqual([sampleMember(0)]);
  });

  it("has whoever speaks large, or somebody else before anybody did, never oneself", () => {
    const speaker = sampleMember(3);
    expect(large(layOut(state(5, { mode: "speaker", speaker }), DESKTOP).tiles)?.member).toBe(speaker);
    expect(large(layOut(state(5, { mode: "speaker" }), DESKTOP).tiles)?.member).toBe(sampleMember(1));
  });

  it("has who is pinned large, whoever speaks, also among equals; and nobody who has left", () => {
    const pinned = sampleMember(2);
    const speaker = sampleMember(3);
    for (const mode of ["grid", "speaker"] as const)
      expect(large(layOut(state(5, { mode, pinned, speaker }), DESKTOP).tiles)?.member).toBe(pinned);
    expect(large(layOut(state(5, { pinned: sampleMember(40) }), DESKTOP).tiles)).toBeUndefined();
  });

  it("has a shared screen large before everything else, and who is pinned first beside it", () => {
    const { tiles } = layOut(state(9, { sharer: sampleMember(4), pinned: sampleMember(6) }), DESKTOP);
    expect(large(tiles)).toMatchObject({ what: "screen", member: sampleMember(4) });
    expect(tiles.find(({ role }) => role === "strip")?.member).toBe(sampleMember(6));
  });

  it("has the strip beside the large tile in a wide room and below it in others", () => {
    const strip = (area: typeof DESKTOP) => {
      const { tiles } = layOut(state(4, { mode: "speaker" }), area);
      const [one, other] = tiles.filter(({ role }) => role === "strip");
      return one?.x === other?.x ? "beside" : "below";
    };
    expect(strip({ width: 1240, height: 640 })).toBe("beside");
    expect(strip(DESKTOP)).toBe("below");
    expect(strip(UPRIGHT)).toBe("below");
  });

  it("shows three in the strip of the narrowest window", () => {
    const { tiles, pages } = layOut(state(4, { mode: "speaker" }), UPRIGHT);
    expect([tiles.length, pages]).toEqual([4, 1]);
  });

  it("shows eight others and oneself in the strip of a window of the usual size, smaller but large enough", () => {
    const usual = { width: 1248, height: 640 };
    const strip = (members: number) => {
      const { tiles, pages } = layOut(state(members, { mode: "speaker" }), usual);
      return { tiles: tiles.filter(({ role }) => role === "strip"), large: tiles[0], pages };
    };
    for (const members of [6, 8, 10]) {
      expect(strip(members)).toMatchObject({ pages: 1 });
      expect(strip(members).large?.width).toBeGreaterThan(880);
    }
    expect(strip(16).tiles.length).toBeGreaterThanOrEqual(9);
    // Few are as large as ever.
    expect(strip(5).tiles[0]?.width).toBe(208);
    expect(strip(10).tiles[0]?.height).toBeGreaterThan(MIN_HEIGHT);
  });

  it("keeps to the last page when there are fewer than before", () => {
    const { page, pages, tiles } = layOut(state(25, { mode: "speaker", page: 99 }), UPRIGHT);
    expect(page).toBe(pages - 1);
    expect(tiles.length).toBeGreaterThan(1);
  });
});

const anyState = fc
  .record({
    people: fc.integer({ min: 1, max: 60 }),
    mode: fc.constantFrom("grid" as const, "speaker" as const),
    selfView: fc.boolean(),
    pinned: fc.option(fc.integer({ min: 0, max: 62 })),
    speaker: fc.option(fc.integer({ min: 0, max: 62 })),
    sharer: fc.option(fc.nat()),
  })
  .map(({ people, mode, selfView, pinned, speaker, sharer }) => {
    const id = (index: number | null): MemberId | null => (index === null ? null : sampleMember(index));
    const shares = sharer === null || people === 1 ? null : sampleMember(1 + (sharer % (people - 1)));
    return state(people, { mode, selfView, pinned: id(pinned), speaker: id(speaker), sharer: shares });
  });
/** Windows of every size, small ones as often as large ones. */
const side = (min: number, max: number) => fc.oneof(fc.integer({ min, max: 3 * min }), fc.integer({ min, max }));
const anyArea = fc.record({ width: side(240, 4000), height: side(200, 2400) });

function pagesOf(of: StageState, area: typeof DESKTOP): readonly (readonly PlacedTile[])[] {
  const { pages } = layOut(of, area);
  return Array.from({ length: pages }, (_, page) => layOut({ ...of, page }, area).tiles);
}

function overlap(one: PlacedTile, other: PlacedTile): boolean {
  const apart = (from: "x" | "y", length: "width" | "height"): boolean =>
    one[from] + one[length] <= other[from] || other[from] + other[length] <= one[from];
  return !apart("x", "width") && !apart("y", "height");
}

describe("every layout, whoever is there and however large the room", () => {
  it("has each member on one page, or on every page if large, and nobody twice on one", () => {
    fc.assert(
      fc.property(anyState, anyArea, (of, area) => {
        const pages = pagesOf(of, area);
        const expected = of.members.filter(({ self }) => of.selfView || of.members.length === 1 || !self);
        const seen = pages.map((tiles) => who(tiles.filter(({ what }) => what === "member")));
        expect(new Set(seen.flat())).toEqual(new Set(expected.map(({ id }) => id)));
        for (const members of seen) expect(new Set(members).size).toBe(members.length);
        const inTurn = pages.flatMap((tiles) =>
          who(tiles.filter(({ what, role }) => what === "member" && role !== "large")),
        );
        expect(new Set(inTurn).size).toBe(inTurn.length);
        if (of.sharer !== null)
          expect(pages[0]?.some(({ what, member }) => what === "screen" && member === of.sharer)).toBe(true);
      }),
    );
  });

  it("keeps every tile inside the room, none over another but oneself over the only other", () => {
    fc.assert(
      fc.property(anyState, anyArea, (of, area) => {
        for (const tiles of pagesOf(of, area)) {
          for (const { x, y, width, height } of tiles) {
            expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
            expect(x + width).toBeLessThanOrEqual(area.width);
            expect(y + height).toBeLessThanOrEqual(area.height);
          }
          const flat = tiles.filter(({ role }) => role !== "over");
          expect(tiles.length - flat.length).toBeLessThanOrEqual(tiles.length === 2 ? 1 : 0);
          for (const [index, one] of flat.entries())
            for (const other of flat.slice(index + 1)) expect(overlap(one, other)).toBe(false);
        }
      }),
    );
  });

  it("makes no tile too small to know somebody by", () => {
    fc.assert(
      fc.property(anyState, anyArea, (of, area) => {
        for (const tiles of pagesOf(of, area))
          for (const { width, height } of tiles) {
            expect(width).toBeGreaterThanOrEqual(MIN_WIDTH);
            expect(height).toBeGreaterThanOrEqual(Math.min(MIN_HEIGHT, Math.floor(area.height / 3)));
          }
      }),
    );
  });

  it("asks each sender for what its tile needs, and for nothing that is on another page", () => {
    fc.assert(
      fc.property(anyState, anyArea, (of, area) => {
        const clock = new VirtualClock();
        const told = new Map<MemberId, Wish>();
        const viewing = new Viewing({ clock, tell: (member, wish) => told.set(member, wish) });
        for (const { id } of of.members) viewing.linkUp(id, 1);
        const { tiles } = layOut(of, area);
        for (const { member, what, width, height } of tiles)
          viewing.show(member, what === "screen" ? "screen" : "camera", { width, height });
        clock.advance(20_000);
        for (const { id, self } of of.members) {
          if (self) continue;
          const room = tiles.find(({ member, what }) => member === id && what === "member");
          expect(told.get(id)?.camera).toBe(room === undefined ? "none" : sizeFor(room));
          expect(told.get(id)?.screen === "none").toBe(
            of.sharer !== id || !tiles.some(({ what }) => what === "screen"),
          );
        }
      }),
      { numRuns: 50 },
    );
  });
});
