import type { Size } from "../../../ui/size.ts";
import { arrange, type Grid } from "../grid.ts";
import {
  abovePager,
  GAP,
  MIN_HEIGHT,
  MIN_WIDTH,
  pageShown,
  type PlacedTile,
  type StageLayout,
  type StageMember,
} from "./placed.ts";

/** One's own tile over the other's, where there are two: its share of the width, and the least and most of it. */
const OVER_SHARE = 0.22;
const OVER_LEAST = 116;
const OVER_MOST = 220;
const OVER_MARGIN = 12;

interface Room extends Size {
  readonly grid: Grid;
}

function roomFor(count: number, area: Size): Room {
  const whole = { ...area, gap: GAP, minWidth: MIN_WIDTH, minHeight: MIN_HEIGHT };
  const grid = arrange(count, whole);
  if (grid.perPage >= count) return { ...area, grid };
  const room = abovePager(area);
  return { ...room, grid: arrange(count, { ...whole, ...room }) };
}

/** The places of so many tiles, line by line, each line in the middle. */
function places(count: number, { width, height, grid }: Room): readonly Omit<PlacedTile, "member" | "what" | "role">[] {
  const { columns, tileWidth, tileHeight } = grid;
  const lines = Math.ceil(grid.perPage / columns);
  const top = (height - lines * tileHeight - (lines - 1) * GAP) / 2;
  return Array.from({ length: count }, (_, index) => {
    const line = Math.floor(index / columns);
    const inLine = Math.min(columns, count - line * columns);
    const start = (width - inLine * tileWidth - (inLine - 1) * GAP) / 2;
    return {
      x: start + (index % columns) * (tileWidth + GAP),
      y: top + line * (tileHeight + GAP),
      width: tileWidth,
      height: tileHeight,
    };
  });
}

/** The other large and oneself small in a corner. */
function pair(other: StageMember, own: StageMember, area: Size): StageLayout {
  const { grid } = roomFor(1, area);
  const [place] = places(1, { ...area, grid });
  const width = Math.min(OVER_MOST, Math.max(OVER_LEAST, area.width * OVER_SHARE), area.width / 2);
  const height = Math.min((width * 10) / 16, area.height / 2);
  const over = { x: area.width - width - OVER_MARGIN, y: area.height - height - OVER_MARGIN, width, height };
  if (place === undefined) return { tiles: [], page: 0, pages: 1 };
  const tiles: readonly PlacedTile[] = [
    { member: other.id, what: "member", role: "even", ...place },
    { member: own.id, what: "member", role: "over", ...over },
  ];
  return { tiles, page: 0, pages: 1 };
}

/** Everybody as large as all fit, on pages if that would be too small. */
export function gridTiles(members: readonly StageMember[], wanted: number, area: Size): StageLayout {
  const own = members.find(({ self }) => self);
  const [other, ...more] = members.filter(({ self }) => !self);
  if (own !== undefined && other !== undefined && more.length === 0) return pair(other, own, area);
  const room = roomFor(members.length, area);
  const { perPage } = room.grid;
  const pages = Math.max(1, Math.ceil(members.length / perPage));
  const page = pageShown(wanted, pages);
  const shown = members.slice(page * perPage, (page + 1) * perPage);
  const placed = places(shown.length, room);
  const tiles = shown.flatMap(({ id }, index): PlacedTile[] => {
    const place = placed[index];
    return place === undefined ? [] : [{ member: id, what: "member", role: "even", ...place }];
  });
  return { tiles, page, pages };
}
