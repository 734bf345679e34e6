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
  { long: 320, short: 180, framesPerSecond: 15, least: 50_000, most: 250_000 },
  { long: 640, short: 360, framesPerSecond: 30, least: 280_000, most: 900_000 },
  { long: 1280, short: 720, framesPerSecond: 30, least: 800_000, most: 2_200_000 },
];

/** A shared screen is sent in its own size: text that was made smaller cannot be read. */
export const SCREEN_LAYERS: readonly Layer[] = [
  { long: 3840, short: 2160, framesPerSecond: 15, least: 80_000, most: 1_500_000 },
];

/** A layer is left for a larger one only when the estimate is this much above what that one needs, and has been for so long. */
const CLIMB_MARGIN = 1.2;
const CLIMB_AFTER_MS = 5_000;

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

/** Which layer one link gets: down at once when it cannot carry more, up only when it could for a while. */
export class LayerChoice {
  readonly #elapsed: () => number;
  #index: number | null = null;
  /** Since when the estimate would carry the next layer. */
  #roomSince: number | null = null;

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  /** An index into `layers`, or null when not even the smallest can be carried. `bitsPerSecond` null means not measured yet. */
  choose(layers: readonly Layer[], bitsPerSecond: number | null): number | null {
    const best = layers.length - 1;
    if (bitsPerSecond === null) return (this.#index = Math.min(this.#index ?? best, best));
    const carried = highestCarried(layers, bitsPerSecond, 1);
    const present = Math.min(this.#index ?? best, best);
    if (carried === null || carried < present) {
      this.#roomSince = null;
      this.#index = carried ?? 0;
      return carried;
    }
    this.#index = present;
    this.#climb(highestCarried(layers, bitsPerSecond, CLIMB_MARGIN));
    return this.#index;
  }

  #climb(reachable: number | null): void {
    const present = this.#index ?? 0;
    if (reachable === null || reachable <= present) {
      this.#roomSince = null;
      return;
    }
    this.#roomSince ??= this.#elapsed();
    if (this.#elapsed() - this.#roomSince < CLIMB_AFTER_MS) return;
    this.#index = present + 1;
    this.#roomSince = null;
  }
}

function highestCarried(layers: readonly Layer[], bitsPerSecond: number, margin: number): number | null {
  const index = layers.findLastIndex(({ least }) => least * margin <= bitsPerSecond);
  return index === -1 ? null : index;
}
