import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { RunningCall } from "./call-of-many.ts";
import { DEMO_WINDOW, runDemo, type DemoOutcome } from "./demo-run.ts";
import { table } from "./table.ts";
import { drawPortrait } from "../support/portrait.ts";

const MOST_PARTICIPANTS = 16;
/** Sound alone fills two cores in larger calls: their cameras give fewer pictures. */
const MANY = 5;
const pictureFor = (participants: number) => ({
  width: 320,
  height: 180,
  framesPerSecond: participants < MANY ? 12 : 6,
});

/** `npm run demo`: a real call of full clients on this machine; exit code 0 only when every pair sees and hears each other. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      participants: { type: "string", default: "4" },
      seconds: { type: "string", default: "20" },
      json: { type: "string" },
      screenshot: { type: "string" },
    },
  });
  const participants = wholeNumber("--participants", values.participants, { least: 2, most: MOST_PARTICIPANTS });
  const seconds = wholeNumber("--seconds", values.seconds, { least: 1, most: 3600 });
  const began = performance.now();
  const say = (words: string): void => console.log(`[${((performance.now() - began) / 1000).toFixed(1)} s] ${words}`);
  const plan = { participants, picture: pictureFor(participants), draw: drawPortrait, window: DEMO_WINDOW, say };
  const call = new RunningCall(plan);
  const limit = setTimeout(
    () => give(1, "the demo took too long and was ended"),
    (120 + participants * 60 + seconds) * 1000,
  );
  process.on("SIGINT", () => give(130, "interrupted"));
  process.on("SIGTERM", () => give(143, "ended from outside"));
  try {
    const outcome = await runDemo(call, { ...plan, seconds });
    print(outcome);
    // Its first client's window, at the end.
    if (values.screenshot !== undefined) await call.clients[0]?.page.screenshot({ path: values.screenshot });
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(outcome.report, null, 2)}\n`);
    return outcome.report.ok ? 0 : 1;
  } finally {
    clearTimeout(limit);
    await call.close();
  }
}

/** Ends at once; the clients are ended with this process. */
function give(code: number, words: string): void {
  console.error(words);
  process.exit(code);
}

function wholeNumber(option: string, text: string, { least, most }: { least: number; most: number }): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    give(2, `${option} is a whole number from ${least} to ${most}`);
  }
  return value;
}

function print({ report, runs, faults }: DemoOutcome): void {
  const rows = runs.map(({ from, to, framesPerSecond, packetsPerSecond, after }) => [
    `${from} <- ${to}`,
    after.state,
    after.path,
    framesPerSecond.toFixed(1),
    packetsPerSecond.toFixed(1),
    String(after.framesOpened),
    String(after.framesDropped),
    String(after.epoch),
  ]);
  console.log(table(["link", "state", "path", "frames/s", "sound/s", "opened", "dropped", "epoch"], rows));
  const { p50, p95 } = report.joinMs;
  console.log(`joining took ${Math.round(p50 ?? 0)} ms (median), ${Math.round(p95 ?? 0)} ms (95 %)`);
  console.log(`meeting code ${report.participants[0]?.meetingCode ?? ""}`);
  for (const fault of faults) console.log(`FAULT ${fault}`);
  console.log(
    report.ok ? "every pair sees and hears each other" : "this was not a call in which all see and hear each other",
  );
}

try {
  process.exitCode = await main();
} catch (failure) {
  console.error(failure);
  process.exitCode = 1;
}
