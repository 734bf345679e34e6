import type { MemberId } from "../../../../core/contract/parts.ts";

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
export const PAGER_HEIGHT = 44;
/** No tile of a page is smaller, unless the room itself is. */
export const MIN_WIDTH = 104;
export const MIN_HEIGHT = 72;
