import type { Size } from "../../ui/size.ts";

/** The room for the tiles and what a tile must at least measure, in CSS pixels. */
export interface GridRoom extends Size {
  readonly gap: number;
  readonly minWidth: number;
  readonly minHeight: number;
}

export interface Grid {
  readonly columns: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Tiles on one page; fewer than asked for when they would become too small. */
  readonly perPage: number;
}

/** Tiles are never wider than film nor narrower than a portrait, so that a face always fits; one alone may fill an upright window. */
const WIDEST = 16 / 9;
const NARROWEST = 4 / 5;
const NARROWEST_ALONE = 9 / 16;

function tileFor(columns: number, rows: number, room: GridRoom): Size {
  const width = (room.width - room.gap * (columns - 1)) / columns;
  const height = (room.height - room.gap * (rows - 1)) / rows;
  if (width <= 0 || height <= 0) return { width: 0, height: 0 };
  const aspect = width / height;
  if (aspect > WIDEST) return { width: height * WIDEST, height };
  const narrowest = columns * rows === 1 ? NARROWEST_ALONE : NARROWEST;
  if (aspect < narrowest) return { width, height: width / narrowest };
  return { width, height };
}

function largest(count: number, room: GridRoom): Grid | null {
  let best: Grid | null = null;
  for (let columns = 1; columns <= count; columns++) {
    const tile = tileFor(columns, Math.ceil(count / columns), room);
    const fits = tile.width >= room.minWidth && tile.height >= room.minHeight;
    if (!fits || (best !== null && tile.width * tile.height <= best.tileWidth * best.tileHeight)) continue;
    best = { columns, tileWidth: Math.floor(tile.width), tileHeight: Math.floor(tile.height), perPage: count };
  }
  return best;
}

/** The largest tile of one alone in a room. */
export function tileIn(room: Size): Size {
  const { width, height } = tileFor(1, 1, { ...room, gap: 0, minWidth: 0, minHeight: 0 });
  return { width: Math.floor(width), height: Math.floor(height) };
}

/** The arrangement with the largest tiles for `count` people, all on one page if they fit, else as many as do. */
export function arrange(count: number, room: GridRoom): Grid {
  for (let perPage = Math.max(1, count); perPage > 1; perPage--) {
    const grid = largest(perPage, room);
    if (grid !== null) return grid;
  }
  const single = tileFor(1, 1, room);
  const tileWidth = Math.max(0, Math.floor(single.width));
  return { columns: 1, tileWidth, tileHeight: Math.max(0, Math.floor(single.height)), perPage: 1 };
}
