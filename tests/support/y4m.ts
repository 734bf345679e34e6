import { closeSync, openSync, writeSync } from "node:fs";

/** A looped moving picture for Chromium's fake camera. */
export interface MovingPicture {
  /** Pixels; both even. */
  readonly width: number;
  readonly height: number;
  /** Frames a second, a whole number. */
  readonly framesPerSecond: number;
  /** Length of one loop. */
  readonly seconds: number;
  /** Gives each sender a picture of its own: other colours, other movement. */
  readonly seed: number;
}

/** One frame as its planes Y, U, V; `phase` goes from 0 to 1 over the loop. */
export type Draw = (picture: MovingPicture, phase: number, index: number) => Uint8Array;

/**
 * Writes an uncompressed YUV4MPEG2 file (4:2:0), which Chromium's `--use-file-for-fake-video-capture` plays in a loop.
 * The picture drifts and carries a moving block and a little grain, so that an encoder has real work in every frame.
 */
export function writeMovingPicture(path: string, picture: MovingPicture, draw: Draw = drawFrame): void {
  const { width, height, framesPerSecond, seconds } = picture;
  if (width % 2 !== 0 || height % 2 !== 0) throw new RangeError("4:2:0 pictures have an even width and height");
  const file = openSync(path, "w", 0o600);
  try {
    writeSync(file, `YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`);
    const frames = framesPerSecond * seconds;
    for (let index = 0; index < frames; index++) {
      writeSync(file, "FRAME\n");
      writeSync(file, draw(picture, index / frames, index));
    }
  } finally {
    closeSync(file);
  }
}

/** One frame as its planes Y, U, V, one after the other. `phase` goes from 0 to 1 over the loop, so that the loop closes. */
export function drawFrame(picture: MovingPicture, phase: number, index: number): Uint8Array {
  const { width, height, seed } = picture;
  const frame = new Uint8Array((width * height * 3) / 2);
  const grain = grainOf(seed * 7919 + index);
  const turn = 2 * Math.PI * phase;
  const block = {
    x: width * (0.5 + 0.35 * Math.cos(turn)),
    y: height * (0.5 + 0.35 * Math.sin(turn)),
    size: height / 6,
  };
  const wave = 2 + (seed % 4);
  for (let y = 0; y < height; y++) {
    const row = 40 * Math.sin((wave * Math.PI * y) / height + turn);
    for (let x = 0; x < width; x++) {
      const inBlock = Math.abs(x - block.x) < block.size && Math.abs(y - block.y) < block.size;
      const shade = 110 + row + 40 * Math.sin((wave * 2 * Math.PI * x) / width - turn);
      frame[y * width + x] = (inBlock ? 235 - shade / 2 : shade) + grain();
    }
  }
  const chroma = (width * height) / 4;
  const hue = (seed * 2.399 + turn / 4) % (2 * Math.PI);
  frame.fill(128 + 60 * Math.cos(hue), width * height, width * height + chroma);
  frame.fill(128 + 60 * Math.sin(hue), width * height + chroma);
  return frame;
}

/** A small repeatable noise of 0 to 7 grey levels (a linear congruential generator; nothing depends on its quality). */
function grainOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 29;
  };
}
