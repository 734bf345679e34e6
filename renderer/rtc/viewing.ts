import type { Ending } from "../../core/base/scope.ts";
import type { MemberId } from "../../core/contract/parts.ts";
import { compareSizes, FIRST_WISH, sameWish, type PictureSize, type Wish } from "../../core/contract/wish.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { PictureKind } from "../frames/messages.ts";

/** A larger picture is asked for once the layout has settled, a smaller one when it has stayed so for a while; in ms. */
const LARGER_AFTER_MS = 60;
const SMALLER_AFTER_MS = 1_500;
/** What was asked for is said again so often, in ms: a message may be lost when the path between two hosts breaks. */
const AGAIN_AFTER_MS = 10_000;
/** A picture may be shown so much larger than it was sent before the next size pays. */
const STRETCH = 1.25;

/** The room a picture is shown in, in pixels of the screen. */
export interface ShownIn {
  readonly width: number;
  readonly height: number;
  /** Seen also while the window is not: in one of its own, over all others. */
  readonly outside?: boolean;
}

interface View {
  readonly shows: Map<symbol, { readonly kind: PictureKind; readonly size: PictureSize; readonly outside: boolean }>;
  /** What the sender holds; null while there is no link to it. */
  told: Wish | null;
  /** The link that it was told on. */
  generation: number;
  timer: Ending;
}

export interface ViewingOptions {
  readonly clock: Clock;
  readonly tell: (member: MemberId, wish: Wish) => void;
}

/** The size that fills a room: pictures of 16 to 9 are cut to it, so the larger side counts. */
export function sizeFor({ width, height }: ShownIn): PictureSize {
  const lines = Math.max(height, (width * 9) / 16) / STRETCH;
  if (lines <= 180) return "small";
  return lines <= 360 ? "middle" : "full";
}

/** What this page shows of everybody else, and that they know it. */
export class Viewing {
  readonly #options: ViewingOptions;
  readonly #views = new Map<MemberId, View>();
  #visible = true;

  constructor(options: ViewingOptions) {
    this.#options = options;
  }

  /** A picture of this member is on the screen until the ending is called. */
  show(member: MemberId, kind: PictureKind, room: ShownIn): Ending {
    const view = this.#view(member);
    const key = Symbol(kind);
    view.shows.set(key, { kind, size: sizeFor(room), outside: room.outside === true });
    this.#settle(member, view);
    return () => {
      view.shows.delete(key);
      this.#settle(member, view);
    };
  }

  /** Whether anybody can see the window at all. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    for (const [member, view] of this.#views) this.#settle(member, view);
  }

  /** The path to a member is there; a link of another generation knows nothing yet. */
  linkUp(member: MemberId, generation: number): void {
    const view = this.#view(member);
    if (view.told === null || view.generation !== generation) view.told = FIRST_WISH;
    view.generation = generation;
    this.#settle(member, view);
  }

  /** There is no link any more. What is shown stays shown. */
  forget(member: MemberId): void {
    const view = this.#views.get(member);
    if (view === undefined) return;
    view.timer();
    view.told = null;
    if (view.shows.size === 0) this.#views.delete(member);
  }

  #view(member: MemberId): View {
    const view = this.#views.get(member) ?? { shows: new Map(), told: null, generation: 0, timer: () => undefined };
    this.#views.set(member, view);
    return view;
  }

  #settle(member: MemberId, view: View): void {
    if (view.told === null) return;
    view.timer();
    const wish = this.#wishOf(view);
    const { clock } = this.#options;
    if (sameWish(wish, view.told)) view.timer = clock.after(AGAIN_AFTER_MS, () => this.#tell(member, view));
    else {
      const delay = isLarger(wish, view.told) ? LARGER_AFTER_MS : SMALLER_AFTER_MS;
      view.timer = clock.after(delay, () => this.#tell(member, view));
    }
  }

  #tell(member: MemberId, view: View): void {
    view.told = this.#wishOf(view);
    this.#options.tell(member, view.told);
    this.#settle(member, view);
  }

  #wishOf({ shows }: View): Wish {
    const shown = [...shows.values()].filter(({ outside }) => this.#visible || outside);
    const largest = (kind: PictureKind): PictureSize =>
      shown
        .filter((one) => one.kind === kind)
        .reduce<PictureSize>((most, { size }) => (compareSizes(size, most) > 0 ? size : most), "none");
    return { camera: largest("camera"), screen: largest("screen") };
  }
}

function isLarger(one: Wish, other: Wish): boolean {
  return compareSizes(one.camera, other.camera) > 0 || compareSizes(one.screen, other.screen) > 0;
}
