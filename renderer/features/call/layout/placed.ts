import type { MemberId } from "../../../../core/contract/parts.ts";
import type { Size } from "../../../ui/size.ts";

export interface StageMember {
  readonly id: MemberId;
  readonly self: boolean;
}

/** One thing in its place, in CSS pixels from the top and the side where lines begin. */
export interface PlacedTile {
  readonly member: MemberId;
  readonly what: "member" | "screen";
  /** `over`: drawn upon another tile, in its corner. */
  readonly role: "even" | "large" | "strip" | "over";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface StageLayout {
  readonly tiles: readonly PlacedTile[];
  readonly page: number;
  readonly pages: number;
}

/** Between tiles, and what the way to other pages takes at the bottom, in CSS pixels. */
export const GAP = 8;
const PAGER_HEIGHT = 44;
/** No tile of a page is smaller, unless the room itself is. */
export const MIN_WIDTH = 104;
export const MIN_HEIGHT = 72;

/** What the way to other pages leaves of a room. */
export function abovePager({ width, height }: Size): Size {
  return { width, height: Math.max(0, height - PAGER_HEIGHT) };
}

/** Of so many pages the one that is wanted, or the nearest that there is; both count from 0. */
export function pageShown(wanted: number, pages: number): number {
  return Math.min(Math.max(0, wanted), pages - 1);
}
