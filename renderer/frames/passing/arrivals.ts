import type { MemberId } from "../../../core/contract/parts.ts";
import {
  type Arrival,
  type ArrivalState,
  type Passed,
  PASSED_SLOTS,
  type PictureKind,
  type Route,
} from "../../../core/contract/passing.ts";
import type { FrameVerifier } from "../../../core/crypto/frame-signing.ts";
import type { Header } from "../../../core/sframe/header.ts";
import type { FrameHandler } from "../frame-stream.ts";
import type { Keyring } from "../keyring.ts";
import type { PassedPicture, Source } from "../messages.ts";
import { type ArrivedFrame, FrameOpening, type OpenedFrame } from "../open-frames.ts";
import type { SealedPicture } from "../pictures/carrier.ts";
import type { StreamParts } from "../seal-frames.ts";
import { PassedPath } from "./path.ts";
import { SentTimes } from "./sent-times.ts";
import { Timeline } from "./timeline.ts";

/** Nothing by a route for so long, in ms, is said to its sender; a screen that stands still comes less often. */
const SILENT_MS: Readonly<Record<PictureKind, number>> = { camera: 400, screen: 1_500 };
/** Each further link may be silent so much longer: the one before it says so first, and mends both. */
const SILENT_PER_HOP_MS = 300;
/** A new route has so long to bring its first picture, in ms. */
const BEGINS_WITHIN_MS = 1_500;
/** While the way changes, the new one is asked for a key frame so often, in ms. */
const ASK_EVERY_MS = 1_000;
/** The same word about a route is said again after so long, in ms, twice as long each time, and at the longest so long. */
const AGAIN_MS = 1_000;
const LONGEST_AGAIN_MS = 16_000;

export interface ArrivalsOptions {
  readonly keyring: Keyring;
  readonly elapsed: () => number;
  /** What a sender must hear of its route. */
  readonly onArrival: (origin: MemberId, arrival: Arrival) => void;
  /** From now on this is what is to be shown. */
  readonly onSource: (passed: Passed, source: Source) => void;
  /** A picture that may be passed on, sealed as its sender sealed it, in order. */
  readonly onPicture: (passed: Passed, picture: SealedPicture) => void;
}

/** Where one spare stream of one link stands. */
export interface SlotPlace {
  readonly member: MemberId;
  readonly slot: number;
}

interface Way {
  readonly passed: Passed;
  readonly timeline: Timeline;
  route: Route | null;
  /** When the route was told, or the latest picture came by it; in ms. */
  heardAt: number;
  begun: boolean;
  /** The one spare stream on which it comes, and what is checked there. */
  path: { readonly slot: number; readonly check: PassedPath } | null;
  source: Source;
  /** What was said of the route last, when, and how long to wait before it is said again. */
  said: { readonly state: ArrivalState; readonly at: number; readonly againMs: number } | null;
  /** Asks for a key frame, by each way that it has come. */
  readonly asks: Map<string, () => void>;
  /** When one was asked for last so that another way can take over. */
  askedAt: number;
}

type SlotParts = Omit<StreamParts, "kind" | "keyring"> & { readonly ask: () => void };

const DIRECT = "";
const keyOf = ({ origin, kind }: Passed): string => `${kind} ${origin}`;
const slotKey = ({ member, slot }: SlotPlace): string => `${slot} ${member}`;
const wayKey = (source: Source): string =>
  source === null ? DIRECT : slotKey({ member: source.by, slot: source.slot });
const SLOTS = Array.from({ length: PASSED_SLOTS }, (_, slot) => slot);

/** By whom everybody's pictures come to this member, and whether they do. */
export class Arrivals {
  readonly #options: ArrivalsOptions;
  readonly #ways = new Map<string, Way>();
  readonly #slots = new Map<string, SlotPlace & { readonly of: Passed }>();
  readonly #verifiers = new Map<MemberId, FrameVerifier>();
  readonly #sentTimes = new Map<MemberId, SentTimes>();

  constructor(options: ArrivalsOptions) {
    this.#options = options;
  }

  /** The key under which a member signs for its pictures. */
  setVerifier(member: MemberId, verifier: FrameVerifier): void {
    this.#verifiers.set(member, verifier);
  }

  /** A sender tells by whom its pictures come. The latest counts; a sender whose page is new begins to count anew. */
  setRoute(origin: MemberId, route: Route): void {
    const way = this.#way({ origin, kind: route.kind });
    const staysPath = way.route?.by === route.by ? way.path : null;
    way.route = route;
    way.heardAt = this.#options.elapsed();
    way.said = null;
    // What was found out about a path stays found out.
    if (staysPath !== null) return !staysPath.check.isForged && way.begun ? this.#say(way, "whole") : undefined;
    way.begun = false;
    way.path = null;
  }

  /** Who passes on tells what a spare stream carries. */
  setSlot(place: SlotPlace, of: Passed | null): void {
    if (of === null) this.#slots.delete(slotKey(place));
    else this.#slots.set(slotKey(place), { ...place, of });
  }

  /** Opens what comes by a spare stream: only what its sender has said would come there. */
  opening(place: SlotPlace, { ask, ...parts }: SlotParts): FrameHandler<ArrivedFrame> {
    let present: { readonly way: Way; readonly path: Way["path"]; readonly opening: FrameOpening } | null = null;
    const find = (): FrameOpening | null => {
      const way = this.#wayBy(place);
      if (way === null) return null;
      way.asks.set(slotKey(place), ask);
      if (way.path !== null && way.path.slot !== place.slot && this.#carries(place.member, way)) return null;
      if (present?.way === way && present.path === way.path) return present.opening;
      // Another link or stream does not make a path a new one: what was found out there holds here.
      const path = way.path?.check ?? this.#newPath(way);
      way.path = { slot: place.slot, check: path };
      const { kind, origin } = way.passed;
      const onOpened = (opened: OpenedFrame): void => this.#came(way, { by: place.member, slot: place.slot }, opened);
      const opening = new FrameOpening(origin, { ...parts, kind, keyring: this.#options.keyring, path, onOpened });
      present = { way, path: way.path, opening };
      return opening;
    };
    return {
      handle: (frame, turn) => find()?.handle(frame, turn) ?? Promise.resolve(false),
      lost: () => find()?.lost(),
    };
  }

  /** A picture has come from its sender itself; `ask` asks it for a key frame. */
  cameDirectly(passed: Passed, opened: OpenedFrame, ask: () => void): void {
    const way = this.#way(passed);
    way.asks.set(DIRECT, ask);
    this.#timesOf(passed.origin).heard(opened.header);
    this.#came(way, null, opened);
  }

  /** A frame of sound has come from its sender itself. */
  heard(origin: MemberId, header: Header): void {
    this.#timesOf(origin).heard(header);
  }

  /** Asks for a key frame of somebody's pictures, by the way they come now. */
  askKeyFrame(passed: Passed): void {
    const way = this.#ways.get(keyOf(passed));
    if (way !== undefined) way.asks.get(wayKey(way.source))?.();
  }

  /** Says what there is to say of each route; to be called some ten times a second. */
  check(): void {
    for (const way of this.#ways.values()) {
      if (way.route === null || way.route.by === null) continue;
      if (way.path?.check.isForged === true) this.#say(way, "forged");
      else if (this.#isSilent(way, way.route)) this.#say(way, "silent");
      else if (way.path?.check.isLate === true) this.#say(way, "late");
    }
  }

  /** Ends when everything that has come so far was checked. */
  async checked(): Promise<void> {
    await Promise.all([...this.#ways.values()].flatMap(({ path }) => (path === null ? [] : [path.check.checked()])));
  }

  /** By whom pictures come now that do not come from their sender itself, and how much later than directly, in ms. */
  passed(): readonly PassedPicture[] {
    return [...this.#ways.values()].flatMap(({ passed, source, path }) =>
      source === null ? [] : [{ ...passed, by: source.by, ageMs: path?.check.ageMs ?? 0 }],
    );
  }

  /** The link to a member is gone, with what it said and what came by it. */
  forget(member: MemberId): void {
    this.#verifiers.delete(member);
    this.#sentTimes.delete(member);
    for (const [key, { member: by }] of this.#slots) if (by === member) this.#slots.delete(key);
    for (const [key, way] of this.#ways) {
      for (const slot of SLOTS) way.asks.delete(slotKey({ member, slot }));
      if (way.passed.origin === member) this.#ways.delete(key);
      else if (way.route?.by === member) this.#say(way, "silent");
    }
  }

  #isSilent(way: Way, { kind, hops }: Route): boolean {
    const limit = way.begun ? SILENT_MS[kind] : BEGINS_WITHIN_MS;
    return this.#options.elapsed() - way.heardAt > limit + (hops - 2) * SILENT_PER_HOP_MS;
  }

  #say(way: Way, state: ArrivalState): void {
    const { route, said } = way;
    const now = this.#options.elapsed();
    if (route === null || (said?.state === state && now - said.at < said.againMs)) return;
    const againMs = said?.state === state ? Math.min(LONGEST_AGAIN_MS, said.againMs * 2) : AGAIN_MS;
    way.said = { state, at: now, againMs };
    this.#options.onArrival(way.passed.origin, { kind: route.kind, number: route.number, state });
  }

  #came(way: Way, source: Source, opened: OpenedFrame): void {
    const { route } = way;
    const isRouted = (route?.by ?? null) === (source?.by ?? null);
    const routeSince = this.#options.elapsed() - way.heardAt;
    if (isRouted) {
      way.heardAt = this.#options.elapsed();
      way.begun = true;
      if (source !== null) this.#say(way, "whole");
    }
    if (!isSame(way.source, source)) {
      // What the route says counts at once; the sender itself also when nothing comes by the route.
      const mayTakeOver = isRouted || (source === null && (!way.begun || routeSince > SILENT_MS.camera / 2));
      if (!mayTakeOver) return;
      if (!opened.isKeyFrame) return this.#askToTakeOver(way, source);
      way.source = source;
      this.#options.onSource(way.passed, source);
    }
    const timestamp = way.timeline.next(wayKey(source), opened.rtpTimestamp);
    const { isKeyFrame, sealed } = opened;
    this.#options.onPicture(way.passed, { isKeyFrame, timestamp, data: sealed.buffer });
  }

  /** Its sender may see no reason to make a key frame: for it nothing has changed. */
  #askToTakeOver(way: Way, source: Source): void {
    const now = this.#options.elapsed();
    if (now - way.askedAt < ASK_EVERY_MS) return;
    way.askedAt = now;
    way.asks.get(wayKey(source))?.();
  }

  /** Whether the stream on which these pictures came from a member is still said to carry them. */
  #carries(member: MemberId, { path, passed }: Way): boolean {
    const of = path === null ? undefined : this.#slots.get(slotKey({ member, slot: path.slot }))?.of;
    return of !== undefined && keyOf(of) === keyOf(passed);
  }

  /** Whose pictures come by a spare stream, if who passes on and their sender say the same. */
  #wayBy(place: SlotPlace): Way | null {
    const of = this.#slots.get(slotKey(place))?.of;
    const way = of === undefined ? undefined : this.#ways.get(keyOf(of));
    return way !== undefined && way.route?.by === place.member ? way : null;
  }

  #newPath(way: Way): PassedPath {
    const { origin, kind } = way.passed;
    const path = new PassedPath({
      kind,
      elapsed: this.#options.elapsed,
      verifier: () => this.#verifiers.get(origin) ?? null,
      sentTimes: this.#timesOf(origin),
      onForged: () => {
        if (way.path?.check === path) this.#say(way, "forged");
      },
    });
    return path;
  }

  #timesOf(origin: MemberId): SentTimes {
    const present = this.#sentTimes.get(origin) ?? new SentTimes(this.#options.elapsed);
    this.#sentTimes.set(origin, present);
    return present;
  }

  #way(passed: Passed): Way {
    const present = this.#ways.get(keyOf(passed));
    if (present !== undefined) return present;
    const way: Way = {
      passed,
      timeline: new Timeline(this.#options.elapsed),
      route: null,
      heardAt: this.#options.elapsed(),
      begun: false,
      path: null,
      source: null,
      said: null,
      asks: new Map(),
      askedAt: Number.NEGATIVE_INFINITY,
    };
    this.#ways.set(keyOf(passed), way);
    return way;
  }
}

function isSame(one: Source, other: Source): boolean {
  return one?.by === other?.by && one?.slot === other?.slot;
}
