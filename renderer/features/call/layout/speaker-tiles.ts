import type { MemberId } from "../../../../core/contract/parts.ts";
import type { Size } from "../../../ui/size.ts";
import { tileIn } from "../grid.ts";
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

/** The strip's share of the room, and the least and most that it takes, in CSS pixels. */
const SHARE = 0.2;
const BESIDE = { least: 128, most: 208 };
const BELOW = { least: MIN_HEIGHT, most: 104 };
/** Tiles of the strip are so much wider than high, where so many of them fit, and narrower where they would not. */
const ASPECT = 16 / 10;
const AT_ONCE = 3;
/** The strip's tiles are drawn smaller where so many fit then: eight others and oneself. */
const AIM = 9;
/** To see them at once is worth this much of the large picture. */
const WORTH = 1.2;
/** Most pictures have this shape, so the strip lies where it leaves the most room for one. */
const PICTURE = 16 / 9;

export interface Stage {
  readonly large: { readonly member: MemberId; readonly what: PlacedTile["what"] };
  readonly strip: readonly StageMember[];
  readonly page: number;
}

function clamp(value: number, { least, most }: { readonly least: number; readonly most: number }): number {
  return Math.min(most, Math.max(least, value));
}

interface Split {
  readonly large: Size;
  readonly tile: Size;
  /** Tiles of the strip that fit at once; less than one where the room is too small for a strip. */
  readonly perPage: number;
  readonly beside: boolean;
}

/** How thick a strip of so many tiles is: as thick as usual, or thinner where all fit then. */
function thickness(usual: number, fitting: number, { least }: { readonly least: number }): number {
  return Math.floor(fitting >= least ? Math.min(usual, fitting) : usual);
}

/** One side of a tile where so many share a length. */
function share(length: number, count: number): number {
  return (length + GAP) / count - GAP;
}

function beside(area: Size, count: number): Split {
  const width = thickness(clamp(area.width * SHARE, BESIDE), share(area.height, count) * ASPECT, BESIDE);
  const tile = { width, height: Math.floor(width / ASPECT) };
  const perPage = Math.floor((area.height + GAP) / (tile.height + GAP));
  return { large: { width: area.width - width - GAP, height: area.height }, tile, perPage, beside: true };
}

function below(area: Size, count: number): Split {
  const height = thickness(clamp(area.height * SHARE, BELOW), share(area.width, count) / ASPECT, BELOW);
  const third = share(area.width, AT_ONCE);
  const tile = { width: Math.floor(Math.min(height * ASPECT, Math.max(MIN_WIDTH, third))), height };
  const perPage = Math.floor((area.width + GAP) / (tile.width + GAP));
  return { large: { width: area.width, height: area.height - height - GAP }, tile, perPage, beside: false };
}

/** How wide a picture can be in a room. */
function pictureWidth({ width, height }: Size): number {
  return Math.min(width, height * PICTURE);
}

function split(area: Size, members: number): Split {
  const count = Math.min(members, AIM);
  const [wide, upright] = [beside(area, count), below(area, count)];
  const worth = ({ large, perPage }: Split): number => pictureWidth(large) * (perPage >= count ? WORTH : 1);
  return worth(wide) > worth(upright) ? wide : upright;
}

function whole({ large }: Stage, area: Size): PlacedTile {
  // A shared screen is shown whole within all the room; a face gets a room of a picture's shape.
  const { width, height } = large.what === "screen" ? area : tileIn(area);
  return { ...large, role: "large", x: (area.width - width) / 2, y: (area.height - height) / 2, width, height };
}

function strip(members: readonly StageMember[], { large, tile, beside }: Split): readonly PlacedTile[] {
  const length = members.length * ((beside ? tile.height : tile.width) + GAP) - GAP;
  const start = ((beside ? large.height : large.width) - length) / 2;
  return members.map(({ id }, index) => ({
    member: id,
    what: "member",
    role: "strip",
    x: beside ? large.width + GAP : start + index * (tile.width + GAP),
    y: beside ? start + index * (tile.height + GAP) : large.height + GAP,
    ...tile,
  }));
}

/** In a room that is too small for a strip each page shows one thing, the large one first. */
function oneByOne(stage: Stage, area: Size): StageLayout {
  const all = [stage.large, ...stage.strip.map(({ id }) => ({ member: id, what: "member" as const }))];
  const page = pageShown(stage.page, all.length);
  const large = all[page] ?? stage.large;
  return { tiles: [whole({ ...stage, large }, abovePager(area))], page, pages: all.length };
}

/** One thing large, and the others in a strip beside or below it, on pages if they are too many. */
export function speakerTiles(stage: Stage, area: Size): StageLayout {
  if (stage.strip.length === 0) return { tiles: [whole(stage, area)], page: 0, pages: 1 };
  const first = split(area, stage.strip.length);
  const paged = first.perPage < stage.strip.length;
  const room = paged ? abovePager(area) : area;
  const parts = paged ? split(room, stage.strip.length) : first;
  if (parts.perPage < 1 || parts.large.width < MIN_WIDTH || parts.large.height < MIN_HEIGHT)
    return oneByOne(stage, area);
  const pages = Math.ceil(stage.strip.length / parts.perPage);
  const page = pageShown(stage.page, pages);
  const shown = stage.strip.slice(page * parts.perPage, (page + 1) * parts.perPage);
  return { tiles: [whole(stage, parts.large), ...strip(shown, parts)], page, pages };
}
