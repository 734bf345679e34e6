import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.ts";
import type { Measure, Row } from "./measure.ts";
import { mediaMeasures } from "./media/measures.ts";
import { cpu } from "./measures/cpu.ts";
import { demoRate } from "./measures/demo-rate.ts";
import { files } from "./measures/files.ts";
import { invite } from "./measures/invite.ts";
import { join } from "./measures/join.ts";
import { joinThree } from "./measures/join-3.ts";
import { keys } from "./measures/keys.ts";
import { memory } from "./measures/memory.ts";
import { quickExit } from "./measures/quick-exit.ts";
import { raid } from "./measures/raid.ts";
import { removal } from "./measures/removal.ts";
import { sframe } from "./measures/sframe.ts";
import { silence } from "./measures/silence.ts";
import { split } from "./measures/split.ts";
import { start } from "./measures/start.ts";
import { table } from "./table.ts";

const call: readonly Measure[] = [sframe, start, invite, join, joinThree, cpu, memory, demoRate];
/** What the meeting withstands. */
const meeting: readonly Measure[] = [silence, split, removal, raid, quickExit, files];
const groups: Readonly<Record<string, readonly Measure[]>> = {
  call,
  keys: [keys, removal],
  removal: [removal],
  meeting,
  media: mediaMeasures,
  ...Object.fromEntries(
    [...call, silence, split, raid, quickExit, files, ...mediaMeasures].map((measure) => [measure.name, [measure]]),
  ),
};

/** `npm run bench`: exit code 0 when everything asked for was measured, whether or not its bound was met. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "string" } } });
  const name = positionals[0] ?? "all";
  const measures = name === "all" ? [...call, keys, ...meeting, ...mediaMeasures] : groups[name];
  if (measures === undefined || positionals.length > 1) {
    console.error(`usage: npm run bench -- [${Object.keys(groups).join("|")}] [--json FILE]`);
    return 2;
  }
  const rows: Row[] = [];
  let measured = true;
  for (const measure of measures) {
    try {
      rows.push(...(await measure.run((words) => console.log(`${measure.name}: ${words}`))));
    } catch (failure) {
      measured = false;
      rows.push({ what: `${measure.name}: could not be measured`, value: null, unit: "", bound: null, met: false });
      console.error(failure);
    }
  }
  const report = { bench: name, machine: describeMachine(), rows };
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  print(rows);
  return measured ? 0 : 1;
}

function print(rows: readonly Row[]): void {
  const cells = rows.map(({ what, value, unit, bound, met }) => [
    what,
    `${value ?? "-"} ${unit}`,
    bound === null ? "" : String(bound),
    bound === null ? "" : met ? "met" : "MISSED",
  ]);
  console.log(table(["what", "value", "bound", ""], cells));
}

const code = await main();
// The native part of bots' WebRTC keeps threads that never end; what was printed goes out first.
process.stdout.write("", () => process.exit(code));
