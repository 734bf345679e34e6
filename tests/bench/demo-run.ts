import { linkFigures, loudestSounds } from "../support/link-figures.ts";
import type { Client } from "../support/client.ts";
import type { CallPlan, RunningCall } from "./call-of-many.ts";
import { faultsOf, linkRuns, type LinkRun, type Observation } from "./link-verdict.ts";
import { quantile } from "./quantile.ts";

/** Without a graphics card the processor draws every pixel: windows that just show everything leave it to the call. */
export const DEMO_WINDOW = { width: 920, height: 520 };

/** The fake microphone beeps once a second, so every member's sound is caught in this time. */
const LISTEN_MS = 2_500;

export interface DemoPlan extends CallPlan {
  /** How long the full call runs between the two readings. */
  readonly seconds: number;
}

export interface DemoOutcome {
  readonly report: DemoReport;
  readonly runs: readonly LinkRun[];
  /** Why it is not `ok`, a line each. */
  readonly faults: readonly string[];
}

/** What `--json` writes; counts are WebRTC's and the frames worker's since each link began. */
export interface DemoReport {
  readonly participants: readonly {
    readonly name: string;
    readonly meetingCode: string;
    readonly pid: number;
    readonly links: readonly LinkReport[];
  }[];
  readonly joinMs: { readonly p50: number | null; readonly p95: number | null };
  readonly ok: boolean;
}

type Counted = "state" | "path" | "audioPackets" | "videoFrames" | "framesOpened" | "framesDropped" | "epoch";
type LinkReport = { readonly to: string } & Pick<LinkRun["after"], Counted>;

/** Runs a whole call of full clients and judges it. Rejects when the call does not come about. */
export async function runDemo(call: RunningCall, plan: DemoPlan): Promise<DemoOutcome> {
  await call.start();
  const first = await Promise.all(call.clients.map(read));
  plan.say(`everybody is in; the call runs for ${plan.seconds} s`);
  await new Promise((resolve) => setTimeout(resolve, plan.seconds * 1000));
  const second = await Promise.all(call.clients.map(read));
  // Listening costs processor time of its own, so it comes after the second reading.
  const loudest = await Promise.all(call.clients.map((client) => loudestSounds(client, LISTEN_MS)));
  const codes = await Promise.all(call.clients.map((client) => client.meetingCode()));
  const observations = call.clients.map((client, index): Observation => {
    const [before, after] = [first[index], second[index]];
    return {
      name: client.name,
      pid: client.hostPid,
      meetingCode: codes[index] ?? "",
      before: before?.links ?? [],
      after: after?.links ?? [],
      seconds: ((after?.at ?? 0) - (before?.at ?? 0)) / 1000,
      loudest: loudest[index] ?? [],
    };
  });
  const faults = faultsOf(observations);
  return { report: reportOf(observations, call.joinMs, faults), runs: observations.flatMap(linkRuns), faults };
}

async function read(client: Client) {
  return { links: await linkFigures(client), at: performance.now() };
}

function reportOf(
  observations: readonly Observation[],
  joinMs: readonly number[],
  faults: readonly string[],
): DemoReport {
  return {
    participants: observations.map(({ name, meetingCode, pid, after }) => ({
      name,
      meetingCode,
      pid,
      links: after.map(({ to, state, path, audioPackets, videoFrames, framesOpened, framesDropped, epoch }) => {
        return { to, state, path, audioPackets, videoFrames, framesOpened, framesDropped, epoch };
      }),
    })),
    joinMs: { p50: quantile(joinMs, 0.5), p95: quantile(joinMs, 0.95) },
    ok: faults.length === 0,
  };
}
