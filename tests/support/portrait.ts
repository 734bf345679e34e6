import type { MovingPicture } from "./y4m.ts";

type Colour = readonly [y: number, u: number, v: number];

/** Backgrounds, clothes and skins of made-up people, in YUV. */
const WALLS: readonly Colour[] = [
  [150, 120, 118],
  [138, 136, 116],
  [156, 118, 134],
  [128, 130, 124],
  [146, 126, 138],
];
const CLOTHES: readonly Colour[] = [
  [78, 142, 116],
  [92, 118, 142],
  [70, 124, 124],
  [104, 138, 108],
  [84, 132, 146],
  [112, 116, 128],
  [62, 136, 132],
];
const SKINS: readonly Colour[] = [
  [176, 108, 146],
  [112, 110, 148],
  [148, 106, 150],
];

function of<T>(list: readonly T[], seed: number): T {
  return list[seed % list.length] as T;
}

/**
 * Somebody before a wall, who sways a little: a calm picture for demonstrations. One frame as its planes Y, U, V; `phase`
 * goes from 0 to 1 over the loop.
 */
export function drawPortrait({ width, height, seed }: MovingPicture, phase: number): Uint8Array {
  const frame = new Uint8Array((width * height * 3) / 2);
  const sway = Math.sin(2 * Math.PI * phase + seed);
  const [wall, clothes, skin] = [of(WALLS, seed), of(CLOTHES, seed), of(SKINS, seed)];
  const middle = width * (0.5 + 0.03 * sway);
  const colourAt = (x: number, y: number): Colour => {
    const head = ((x - middle) / (height * 0.15)) ** 2 + ((y - height * 0.42) / (height * 0.21)) ** 2;
    if (head < 1) return skin;
    const body =
      ((x - middle + height * 0.01 * sway) / (height * 0.42)) ** 2 + ((y - height * 1.02) / (height * 0.42)) ** 2;
    return body < 1 ? clothes : wall;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt(x, y);
      const light = colour === wall ? 26 * (1 - (x + y) / (width + height)) : 0;
      frame[y * width + x] = colour[0] + light;
      if (y % 2 === 1 || x % 2 === 1) continue;
      const at = width * height + (y / 2) * (width / 2) + x / 2;
      frame[at] = colour[1];
      frame[at + (width * height) / 4] = colour[2];
    }
  }
  return frame;
}
