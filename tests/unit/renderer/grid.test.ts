import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrange, type GridRoom } from "../../../renderer/features/call/grid.ts";

const wide: GridRoom = { width: 900, height: 650, gap: 8, minWidth: 104, minHeight: 78 };
const upright: GridRoom = { width: 344, height: 500, gap: 8, minWidth: 104, minHeight: 78 };

describe("arrange", () => {
  it("shows 1 to 30 people on one page of a desktop window", () => {
    for (let people = 1; people <= 30; people++) expect(arrange(people, wide).perPage).toBe(people);
  });

  it("goes over to pages in a window where thirty tiles would be too small", () => {
    const grid = arrange(30, upright);
    expect(grid.perPage).toBeLessThan(30);
    expect(grid.tileWidth).toBeGreaterThanOrEqual(upright.minWidth);
    expect(grid.tileHeight).toBeGreaterThanOrEqual(upright.minHeight);
  });

  it("places two side by side in a wide room and one above the other in an upright one", () => {
    expect(arrange(2, wide).columns).toBe(2);
    expect(arrange(2, upright).columns).toBe(1);
  });

  it("never leaves the room, whatever its size", () => {
    const size = fc.integer({ min: 120, max: 4000 });
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 60 }), (width, height, people) => {
        const grid = arrange(people, { ...wide, width, height });
        const rows = Math.ceil(grid.perPage / grid.columns);
        expect(grid.columns * grid.tileWidth + (grid.columns - 1) * wide.gap).toBeLessThanOrEqual(width);
        expect(rows * grid.tileHeight + (rows - 1) * wide.gap).toBeLessThanOrEqual(height);
        expect(grid.perPage).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
