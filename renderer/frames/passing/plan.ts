import type { MemberId } from "../../../core/contract/parts.ts";
import type { ArrivalState, PictureKind, Route } from "../../../core/contract/passing.ts";
import { goodBitrate, type Layer } from "../pictures/layers.ts";
import { plantTree, type Tree, type Viewer } from "./tree.ts";

/** The uplink must be too small for so long, in ms, before others are asked to pass on. */
const BEGIN_AFTER_MS = 3_000;
/** Passing on lasts at least so long, in ms, and twice as long after each time that it was given up too early. */
const LEAST_STAY_MS = 30_000;
const MOST_STAY_MS = 600_000;
/** The number of own copies changes no more often than this, in ms. */
const COPIES_EVERY_MS = 5_000;
/**
 * A route that failed is not tried again for so long, in ms, and twice as long each time, up to as long as one on which something was
 * forged. When that time has been over for as long again it is forgotten.
 */
const FAILED_MS = 30_000;
const FORGED_MS = 600_000;
/** Of a member on which so many routes failed at one time nobody gets anything. */
const UNFIT_AFTER = 2;

/** Somebody who shows the pictures. */
export interface Watcher {
  readonly member: MemberId;
  /** What the link to it carries of them, in bit/s; null before the first measure. */
  readonly estimate: number | null;
}

export interface PlanOptions {
  readonly kind: PictureKind;
  /** Milliseconds that never go back. */
  readonly elapsed: () => number;
  /** What a member can pass on, in bit/s. */
  readonly roomOf: (member: MemberId) => number;
  readonly tell: (member: MemberId, route: Route) => void;
}

interface Failure {
  readonly until: number;
  readonly ms: number;
}

interface Told {
  readonly route: Route;
  /** Whether pictures have come by it. */
  arrived: boolean;
}

/**
 * By whom one's own pictures of one kind reach each viewer. Only the sender knows who shows them and what its links carry, and
 * everybody's room; so it plants the tree and tells each viewer its own place in it. Whoever is moved gets the pictures
 * directly until they have come by the new way.
 */
export class PassingPlan {
  readonly #options: PlanOptions;
  readonly #told = new Map<MemberId, Told>();
  /** When each route may be tried again, by who passes on and who gets it. */
  readonly #failed = new Map<MemberId, Map<MemberId, Failure>>();
  #tree: Tree = new Map();
  #number = 0;
  #copies = 1;
  #copiesAt = 0;
  #tooLittleSince: number | null = null;
  #onSince: number | null = null;
  #stay = LEAST_STAY_MS;

  constructor(options: PlanOptions) {
    this.#options = options;
  }

  /** Whether anybody is to pass on. */
  get isOn(): boolean {
    return this.#onSince !== null;
  }

  /** Whether one's own link to a viewer carries them. */
  goesDirectly(member: MemberId): boolean {
    const told = this.#told.get(member);
    return told === undefined || told.route.by === null || !told.arrived;
  }

  /** Who gets them by this viewer, over however many links. */
  below(member: MemberId): readonly MemberId[] {
    const next = this.#told.get(member)?.route.to ?? [];
    return next.flatMap((one) => [one, ...this.below(one)]);
  }

  /**
   * Plants anew for those who show the pictures now. `best` is the size that they are to get, null while there are no pictures.
   */
  update(watchers: readonly Watcher[], best: Layer | null): void {
    if (best === null || !this.#shouldPass(watchers, best)) return this.#end();
    const viewers = watchers.map(({ member }): Viewer => ({ member, room: this.#copiesOf(member, best) }));
    this.#adjustCopies(watchers, best);
    this.#tree = plantTree({
      viewers,
      copies: this.#copies,
      failed: (by, to) => this.#hasFailed(by, to),
      before: this.#tree,
    });
    this.#tellAll();
  }

  /** What a viewer says of its route. A word about an older one is not looked at. Gives whether anything has changed. */
  arrived(member: MemberId, { number, state }: { readonly number: number; readonly state: ArrivalState }): boolean {
    const told = this.#told.get(member);
    const by = told?.route.by ?? null;
    if (told === undefined || by === null || told.route.number !== number) return false;
    if (state === "whole") {
      const news = !told.arrived;
      told.arrived = true;
      return news;
    }
    told.arrived = false;
    this.#fail(by, member, state);
    return true;
  }

  /** The link to a member is gone, or another takes its place. */
  forget(member: MemberId): void {
    this.#told.delete(member);
    for (const [other, told] of this.#told)
      if (told.route.by === member) this.#told.set(other, { ...told, arrived: false });
  }

  #fail(by: MemberId, to: MemberId, state: ArrivalState): void {
    const now = this.#options.elapsed();
    // Over three links either of two members may have done it.
    const isSure = state === "forged" && (this.#told.get(by)?.route.by ?? null) === null;
    const ms = isSure ? FORGED_MS : Math.min(FORGED_MS, 2 * (this.#failed.get(by)?.get(to)?.ms ?? FAILED_MS / 2));
    const failed = this.#failed.get(by) ?? new Map<MemberId, Failure>();
    this.#failed.set(by, failed.set(to, { until: now + ms, ms }));
    for (const [member, failures] of this.#failed) {
      for (const [other, { until }] of failures) if (until + FORGED_MS < now) failures.delete(other);
      if (failures.size === 0) this.#failed.delete(member);
    }
  }

  #shouldPass(watchers: readonly Watcher[], best: Layer): boolean {
    if (watchers.length < 2 || !watchers.some(({ member }) => this.#copiesOf(member, best) > 0)) return false;
    return this.#onSince === null ? this.#begins(watchers, best) : !this.#mayEnd(watchers, best, this.#onSince);
  }

  /** Whether the links together have carried too little for everybody for a while. */
  #begins(watchers: readonly Watcher[], best: Layer): boolean {
    const now = this.#options.elapsed();
    const isMeasured = watchers.every(({ estimate }) => estimate !== null);
    if (!isMeasured || uplink(watchers, best) >= watchers.length * best.least) {
      this.#tooLittleSince = null;
      return false;
    }
    this.#tooLittleSince ??= now;
    if (now - this.#tooLittleSince < BEGIN_AFTER_MS) return false;
    this.#onSince = now;
    this.#copies = copiesIn(uplink(watchers, best), best);
    this.#copiesAt = now;
    return true;
  }

  #mayEnd(watchers: readonly Watcher[], best: Layer, since: number): boolean {
    if (this.#options.elapsed() - since < this.#stay) return false;
    if (this.#ownUplink(watchers, best) < watchers.length * goodBitrate(best)) return false;
    this.#stay = Math.min(MOST_STAY_MS, this.#stay * 2);
    return true;
  }

  /** Links that carry nothing are not measured: only those on which pictures go say what there is. */
  #ownUplink(watchers: readonly Watcher[], best: Layer): number {
    return uplink(
      watchers.filter(({ member }) => this.#tree.get(member)?.by === null),
      best,
    );
  }

  #adjustCopies(watchers: readonly Watcher[], best: Layer): void {
    const now = this.#options.elapsed();
    if (now - this.#copiesAt < COPIES_EVERY_MS) return;
    const own = this.#ownUplink(watchers, best);
    const fewer = own < this.#copies * best.least;
    const more = own >= (this.#copies + 1) * goodBitrate(best);
    if (!fewer && !more) return;
    this.#copies = Math.max(1, this.#copies + (more ? 1 : -1));
    this.#copiesAt = now;
  }

  #copiesOf(member: MemberId, best: Layer): number {
    const now = this.#options.elapsed();
    const failures = [...(this.#failed.get(member)?.values() ?? [])].filter(({ until }) => until > now).length;
    return failures >= UNFIT_AFTER ? 0 : Math.floor(this.#options.roomOf(member) / goodBitrate(best));
  }

  #hasFailed(by: MemberId, to: MemberId): boolean {
    return (this.#failed.get(by)?.get(to)?.until ?? 0) > this.#options.elapsed();
  }

  #end(): void {
    if (this.#onSince !== null) this.#tooLittleSince = null;
    this.#onSince = null;
    this.#tree = new Map();
    this.#tellAll();
  }

  /** Those who pass on hear of it before those who wait for them. */
  #tellAll(): void {
    const members = new Set([...this.#tree.keys(), ...this.#told.keys()]);
    const routes = [...members].map((member) => ({ member, ...this.#routeOf(member) }));
    const news = routes.filter(({ member, ...route }) => this.#isNews(member, route));
    for (const { member, ...route } of news.toSorted((one, other) => one.hops - other.hops)) {
      this.#number++;
      const whole: Route = { kind: this.#options.kind, number: this.#number, ...route };
      const before = this.#told.get(member);
      const same = before !== undefined && before.route.by === route.by && before.arrived;
      this.#told.set(member, { route: whole, arrived: same });
      this.#options.tell(member, whole);
    }
  }

  #routeOf(member: MemberId): Pick<Route, "by" | "hops" | "to"> {
    const { by, hops } = this.#tree.get(member) ?? { by: null, hops: 1 };
    const to = [...this.#tree].filter(([, branch]) => branch.by === member).map(([below]) => below);
    return { by, hops, to: to.toSorted() };
  }

  #isNews(member: MemberId, { by, hops, to }: Pick<Route, "by" | "hops" | "to">): boolean {
    const present = this.#told.get(member)?.route ?? { by: null, hops: 1, to: [] };
    return present.by !== by || present.hops !== hops || present.to.join() !== to.join();
  }
}

/**
 * What these links carry together, in bit/s: they share one way out. Each counts for no more than it can be given: an estimate rests on
 * what the viewer reports, and one that lies must not speak for all.
 */
function uplink(watchers: readonly Watcher[], { most }: Layer): number {
  return watchers.reduce((sum, { estimate }) => sum + Math.min(estimate ?? 0, most), 0);
}

function copiesIn(bitsPerSecond: number, layer: Layer): number {
  return Math.max(1, Math.floor(bitsPerSecond / goodBitrate(layer)));
}
