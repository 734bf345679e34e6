import type { PictureSize } from "../../../core/contract/wish.ts";

/** One size at which a picture is encoded, and what it may spend. */
export interface Layer {
  /** The longer and the shorter side it fits into, in pixels. */
  readonly long: number;
  readonly short: number;
  readonly framesPerSecond: number;
  /** Bit/s below which this size looks worse than the next smaller one. */
  readonly least: number;
  /** Bit/s above which nobody sees a difference. */
  readonly most: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Sizes of a camera's picture, smallest first. An estimate grows only to about 1.5 times of what is sent, so each `most`
 * lies far enough above the next `least` for a link to climb.
 */
export const CAMERA_LAYERS: readonly Layer[] = [
  { long: 320, short: 180, framesPerSecond: 15, least: 30_000, most: 150_000 },
  { long: 640, short: 360, framesPerSecond: 30, least: 180_000, most: 900_000 },
  { long: 1280, short: 720, framesPerSecond: 30, least: 800_000, most: 2_200_000 },
];

/** A shared screen is sent in its own size: text that was made smaller cannot be read. */
export const SCREEN_LAYERS: readonly Layer[] = [
  { long: 3840, short: 2160, framesPerSecond: 15, least: 80_000, most: 1_500_000 },
];

/** A layer is left for a larger one only when the estimate is this much above what that one needs, and has been for so long. */
const CLIMB_MARGIN = 1.2;
const CLIMB_AFTER_MS = 5_000;

/** Bit/s at which a size looks well, between those below which it does not and those above which nobody sees it. */
export function goodBitrate({ least, most }: Layer): number {
  return Math.sqrt(least * most);
}

/** The size of a layer for a source: its proportions kept, never larger than the source, both sides even as VP8 wants them. */
export function sizeWithin(layer: Layer, source: Size): Size {
  const [long, short] = source.width >= source.height ? [source.width, source.height] : [source.height, source.width];
  const scale = Math.min(1, layer.long / long, layer.short / short);
  const even = (side: number): number => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { width: even(source.width), height: even(source.height) };
}

/** The layers that make sense for a source: the first that shows it whole is the last. At least one. */
export function layersFor(layers: readonly Layer[], source: Size): readonly Layer[] {
  const whole = layers.findIndex((layer) => sizeWithin(layer, source).width >= source.width - 1);
  return whole === -1 ? layers : layers.slice(0, whole + 1);
}

const LAYERS_UP_TO: Readonly<Record<PictureSize, number>> = { none: 0, small: 1, middle: 2, full: 3 };

/** Those that are not larger than a picture is shown; none for one that is not shown. */
export function layersUpTo(layers: readonly Layer[], shown: PictureSize): readonly Layer[] {
  return layers.slice(0, LAYERS_UP_TO[shown]);
}

/**
 * Which layer one link gets: down at once when it cannot carry more, up only when it could for a while. The smallest is
 * always sent: an estimate only grows on what is sent, and a link without any would never have a picture again.
 */
export class LayerChoice {
  readonly #elapsed: () => number;
  #index: number | null = null;
  /** Since when the estimate would carry the next layer. */
  #roomSince: number | null = null;

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  /** An index into `layers`. `bitsPerSecond` null means not measured yet. */
  choose(layers: readonly Layer[], bitsPerSecond: number | null): number {
    const best = layers.length - 1;
    const present = Math.min(this.#index ?? best, best);
    if (bitsPerSecond === null) return (this.#index = present);
    const carried = highestCarried(layers, bitsPerSecond, 1);
    if (carried < present) {
      this.#roomSince = null;
      return (this.#index = carried);
    }
    return (this.#index = this.#climb(present, highestCarried(layers, bitsPerSecond, CLIMB_MARGIN)));
  }

  #climb(present: number, reachable: number): number {
    if (reachable <= present) {
      this.#roomSince = null;
      return present;
    }
    this.#roomSince ??= this.#elapsed();
    if (this.#elapsed() - this.#roomSince < CLIMB_AFTER_MS) return present;
    this.#roomSince = null;
    return present + 1;
  }
}

function highestCarried(layers: readonly Layer[], bitsPerSecond: number, margin: number): number {
  return Math.max(
    0,
    layers.findLastIndex(({ least }) => least * margin <= bitsPerSecond),
  );
}
