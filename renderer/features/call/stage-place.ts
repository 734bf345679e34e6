import type { CSSProperties } from "react";
import type { PlacedTile } from "./layout/placed.ts";

/** A place as a style: from the side where lines begin, so that it holds in both writing directions. */
export function placeStyle({ x, y, width, height }: PlacedTile): CSSProperties {
  return { position: "absolute", insetInlineStart: x, insetBlockStart: y, width, height };
}
