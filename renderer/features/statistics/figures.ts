import type { MemberId } from "../../../core/contract/parts.ts";
import type { CallStatistics, LinkStatistics, SendingStatistics, SentLayer } from "../../rtc/call-media.ts";

/** A picture on a link: its size in pixels and how many come a second. */
export interface PictureFigure {
  readonly width: number;
  readonly height: number;
  readonly perSecond: number;
}

interface Pictures {
  readonly camera: PictureFigure | null;
  readonly screen: PictureFigure | null;
}

/** Two directions of one figure; null for what is not known (yet). */
export interface BothWays {
  readonly comes: number | null;
  readonly goes: number | null;
}

/** What is worth knowing of the link to one member. */
export interface LinkFigures {
  readonly member: MemberId;
  readonly route: LinkStatistics["route"];
  readonly roundTripMs: number | null;
  /** Of a hundred packets. */
  readonly lost: BothWays;
  /** kbit/s. */
  readonly rate: BothWays;
  readonly comes: Pictures;
  /** Who passes on their camera; null while it comes from themselves. */
  readonly cameraBy: MemberId | null;
  readonly goes: Pictures;
  /** The link cannot carry what they would show. */
  readonly heldBack: boolean;
  /** Sound made up in place of what was lost, of a hundred. */
  readonly concealed: number | null;
}

/** What keeps one's pictures from being larger or smoother than they are. */
export type Limit =
  | { readonly by: "processor" }
  | { readonly by: "link"; readonly member: MemberId }
  | { readonly by: "camera"; readonly width: number; readonly height: number };

/** What is worth knowing of the whole call on this machine. */
export interface CallFigures {
  readonly links: readonly LinkFigures[];
  readonly layers: readonly (PictureFigure & { readonly kind: SentLayer["kind"] })[];
  readonly hardware: boolean | null;
  /** Empty where nothing does. */
  readonly limits: readonly Limit[];
  /** Copies of others' pictures that go on from here. */
  readonly passedOn: number;
  /** Frames of others that were not shown or played, since their links began. */
  readonly dropped: { readonly forged: number; readonly keyless: number; readonly late: number };
}

/** A longer way than this is no measure, in ms. */
const MOST_ROUND_TRIP_MS = 60_000;
/** Shorter times between two counts tell nothing, in ms. */
const LEAST_BETWEEN_MS = 250;
/** From this share of pictures thrown away on, this machine does not keep up with drawing; and from so many on. */
const TOO_LATE_SHARE = 0.2;
const TOO_LATE_FROM = 5;

/** A count as it can be: the other side and the browser may say anything. */
function sane(value: number | null | undefined): number | null {
  return typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : null;
}

/** How much a count grew; null where it cannot have, as after a link that began anew. */
function growth(before: number | undefined, now: number): number | null {
  const [from, to] = [sane(before), sane(now)];
  return from === null || to === null || to < from ? null : to - from;
}

/** The share in a hundred; null of nothing. */
function share(part: number | null, whole: number | null): number | null {
  if (part === null || whole === null || whole <= 0) return null;
  return Math.min(100, (100 * part) / whole);
}

function figureOf(width: number, height: number, perSecond: number): PictureFigure | null {
  const [wide, high, rate] = [sane(width), sane(height), sane(perSecond)];
  if (wide === null || high === null || wide === 0 || high === 0 || rate === null || rate === 0) return null;
  return { width: Math.round(wide), height: Math.round(high), perSecond: Math.round(rate) };
}

function layerFigure(layer: SentLayer | null | undefined): PictureFigure | null {
  return layer === null || layer === undefined ? null : figureOf(layer.width, layer.height, layer.framesPerSecond);
}

type Count = "bytesReceived" | "bytesSent" | "packetsReceived" | "packetsSent" | "soundSamples" | "concealedSamples";

/** How counts of one link grew between two moments. */
class Between {
  readonly #before: LinkStatistics | undefined;
  readonly #now: LinkStatistics;
  readonly #seconds: number | null;

  constructor(before: LinkStatistics | undefined, now: LinkStatistics, ms: number | null) {
    this.#before = before;
    this.#now = now;
    this.#seconds = ms === null || !(ms >= LEAST_BETWEEN_MS) ? null : ms / 1000;
  }

  grew(count: Count): number | null {
    return this.#seconds === null ? null : growth(this.#before?.[count], this.#now[count]);
  }

  kilobits(count: Count): number | null {
    const bytes = this.grew(count);
    return bytes === null || this.#seconds === null ? null : (bytes * 8) / 1000 / this.#seconds;
  }

  /** Packets that were thought lost may come after all, so that their count goes back while the link goes on. */
  lost(packets: "packetsReceived" | "packetsSent", lost: "packetsLost" | "packetsLostThere"): number | null {
    const passed = this.grew(packets);
    const [from, to] = [sane(this.#before?.[lost]), sane(this.#now[lost])];
    if (passed === null || from === null || to === null) return null;
    const missing = Math.max(0, to - from);
    // What is sent counts whether it is lost or not.
    return share(missing, packets === "packetsSent" ? passed : passed + missing);
  }
}

function linkFigures(now: LinkStatistics, between: Between, sending: SendingStatistics): LinkFigures {
  const sent = sending.sent.filter(({ member }) => member === now.member);
  const layerOf = (kind: SentLayer["kind"]): SentLayer | null =>
    sent.map(({ layer }) => layer).find((layer) => layer?.kind === kind) ?? null;
  const roundTrip = sane(now.roundTripMs);
  return {
    member: now.member,
    route: now.route,
    roundTripMs: roundTrip === null || roundTrip > MOST_ROUND_TRIP_MS ? null : roundTrip,
    lost: {
      comes: between.lost("packetsReceived", "packetsLost"),
      goes: between.lost("packetsSent", "packetsLostThere"),
    },
    rate: { comes: between.kilobits("bytesReceived"), goes: between.kilobits("bytesSent") },
    comes: {
      camera: figureOf(now.videoWidth, now.videoHeight, now.videoFramesPerSecond),
      screen: figureOf(now.screenWidth, now.screenHeight, now.screenFramesPerSecond),
    },
    cameraBy: now.cameraBy,
    goes: { camera: layerFigure(layerOf("camera")), screen: layerFigure(layerOf("screen")) },
    heldBack: sent.some(({ heldBack }) => heldBack === "link"),
    concealed: share(between.grew("concealedSamples"), between.grew("soundSamples")),
  };
}

/** Whether more pictures come than this machine can draw. */
function drawsTooSlowly(before: CallStatistics | undefined, now: CallStatistics): boolean {
  return now.links.some((link) => {
    const earlier = before?.links.find(({ member }) => member === link.member);
    const late = growth(earlier?.videoFramesTooLate, link.videoFramesTooLate) ?? 0;
    const drawn = growth(earlier?.videoFrames, link.videoFrames) ?? 0;
    return late >= TOO_LATE_FROM && late > TOO_LATE_SHARE * (late + drawn);
  });
}

function limitsOf(before: CallStatistics | undefined, now: CallStatistics): readonly Limit[] {
  const { sent, mostFramesPerSecond } = now.sending;
  const limits: Limit[] = [];
  const isBusy = sane(mostFramesPerSecond) !== null || sent.some(({ heldBack }) => heldBack === "processor");
  if (isBusy || drawsTooSlowly(before, now)) limits.push({ by: "processor" });
  const members = sent.filter(({ heldBack }) => heldBack === "link").map(({ member }) => member);
  for (const member of new Set(members)) limits.push({ by: "link", member });
  const camera = sent.find(({ heldBack, layer }) => heldBack === "source" && layer?.kind === "camera");
  const size = layerFigure(camera?.layer);
  if (size !== null) limits.push({ by: "camera", width: size.width, height: size.height });
  return limits;
}

function droppedOf(links: readonly LinkStatistics[]): CallFigures["dropped"] {
  const sum = (of: "framesForged" | "framesKeyless" | "framesDropped"): number =>
    links.reduce((all, link) => all + (sane(link[of]) ?? 0), 0);
  const [forged, keyless] = [sum("framesForged"), sum("framesKeyless")];
  return { forged, keyless, late: Math.max(0, sum("framesDropped") - forged - keyless) };
}

/**
 * Figures for people out of two counts of the same call, `before` some seconds older; without it, or where a link began anew
 * in between, what is measured over time is not known. Nothing that the counts hold makes it fail: what cannot be is not known.
 */
export function callFigures(before: CallStatistics | undefined, now: CallStatistics): CallFigures {
  const ms = before === undefined ? null : sane(now.atMs - before.atMs);
  const { sending } = now;
  return {
    links: now.links.map((link) => {
      const earlier = before?.links.find(({ member }) => member === link.member);
      return linkFigures(link, new Between(earlier, link, ms), sending);
    }),
    layers: sending.layers.flatMap((layer) => {
      const figure = layerFigure(layer);
      return figure === null ? [] : [{ kind: layer.kind, ...figure }];
    }),
    hardware: sending.hardware,
    limits: limitsOf(before, now),
    passedOn: now.passedOn,
    dropped: droppedOf(now.links),
  };
}
