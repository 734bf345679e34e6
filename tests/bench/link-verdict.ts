import type { NamedLink } from "../support/link-figures.ts";

/** What one participant's client showed at the beginning and at the end of a run. */
export interface Observation {
  readonly name: string;
  readonly pid: number;
  readonly meetingCode: string;
  readonly before: readonly NamedLink[];
  readonly after: readonly NamedLink[];
  /** Seconds between the two readings. */
  readonly seconds: number;
  /** The loudest sample of each member's sound, 0 to 1. */
  readonly loudest: readonly number[];
}

/** One direction of one link over the run. */
export interface LinkRun {
  readonly from: string;
  readonly to: string;
  readonly framesPerSecond: number;
  readonly packetsPerSecond: number;
  readonly after: NamedLink;
}

/** A picture that moves less often than this is not seen; DESIGN's own bound for the rate is measured by `npm run bench -- demo`. */
const LEAST_FRAMES_PER_SECOND = 2;
/** Opus sends 25 packets a second at a constant rate, muted or not. */
const LEAST_PACKETS_PER_SECOND = 15;
/** Fainter than this is silence; the fake microphone's beeps are a hundred times louder. */
const LEAST_LOUDNESS = 0.002;
/** The share of frames that may fail to open during a run, to allow for a key switch in it. */
const MOST_DROPPED_SHARE = 0.02;

/** The links of one participant to those that had figures at both ends of the run. */
export function linkRuns(observation: Observation): LinkRun[] {
  return observation.after.map((after) => {
    const before = observation.before.find(({ member }) => member === after.member);
    const rate = (count: (link: NamedLink) => number): number =>
      (count(after) - (before === undefined ? 0 : count(before))) / observation.seconds;
    return {
      from: observation.name,
      to: after.to,
      framesPerSecond: rate(({ videoFrames }) => videoFrames),
      packetsPerSecond: rate(({ audioPackets }) => audioPackets),
      after,
    };
  });
}

/** Everything that keeps the run from being a call in which every pair sees and hears each other; empty when it was one. */
export function faultsOf(observations: readonly Observation[]): string[] {
  const codes = new Set(observations.map(({ meetingCode }) => meetingCode));
  const faults: string[] = [];
  if (codes.size !== 1) faults.push(`the meeting codes differ: ${[...codes].join(", ")}`);
  for (const observation of observations) {
    if (!/^\d{30}$/.test(observation.meetingCode))
      faults.push(`${observation.name} shows no meeting code of 30 digits`);
    const others = observations.filter(({ name }) => name !== observation.name);
    for (const { name } of others) faults.push(...linkFaults(observation, name));
    const heard = observation.loudest.filter((peak) => peak >= LEAST_LOUDNESS).length;
    if (heard < others.length)
      faults.push(`${observation.name} hears sound from ${heard} of ${others.length}, silence from the rest`);
  }
  return faults;
}

function linkFaults(observation: Observation, other: string): string[] {
  const link = `${observation.name} <- ${other}`;
  const run = linkRuns(observation).find(({ to }) => to === other);
  if (run === undefined) return [`${link}: there is no link`];
  const before = observation.before.find(({ to }) => to === other);
  const opened = run.after.framesOpened - (before?.framesOpened ?? 0);
  const dropped = run.after.framesDropped - (before?.framesDropped ?? 0);
  const faults: string[] = [];
  if (run.after.state !== "connected") faults.push(`${link}: the link is ${run.after.state}`);
  if (run.framesPerSecond < LEAST_FRAMES_PER_SECOND)
    faults.push(`${link}: ${run.framesPerSecond.toFixed(1)} frames a second`);
  if (run.packetsPerSecond < LEAST_PACKETS_PER_SECOND) {
    faults.push(`${link}: ${run.packetsPerSecond.toFixed(1)} packets of sound a second`);
  }
  if (opened <= 0) faults.push(`${link}: no sealed frame was opened`);
  if (dropped > opened * MOST_DROPPED_SHARE) faults.push(`${link}: ${dropped} frames dropped, ${opened} opened`);
  return faults;
}
