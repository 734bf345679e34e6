import { readdirSync, readFileSync } from "node:fs";

/** What Linux knows of one running process. */
export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly commandLine: readonly string[];
}

/** Whether this system has `/proc`, from which everything here is read. */
export const processFactsAvailable = process.platform === "linux";

/** The process and all its living descendants, parents first. Empty where there is no `/proc` or the process is gone. */
export function processTree(root: number): ProcessFacts[] {
  if (!processFactsAvailable) return [];
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => factsOf(Number(name)))
    .filter((facts) => facts !== null);
  const tree = all.filter((facts) => facts.pid === root);
  for (const parent of tree) tree.push(...all.filter((facts) => facts.parent === parent.pid));
  return tree;
}

function factsOf(pid: number): ProcessFacts | null {
  const fields = statFields(pid);
  // A zombie has ended; only its parent has not yet asked how.
  if (fields === null || fields[0] === "Z") return null;
  try {
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
    return { pid, parent: Number(fields[1]), commandLine };
  } catch {
    return null;
  }
}

/** The fields of `/proc/<pid>/stat` after the command's name (proc(5): the state is the first of them, the parent the second). */
function statFields(pid: number): readonly string[] | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    return line.slice(line.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

/** Linux counts processor time in these, on every architecture that Node supports (sysconf _SC_CLK_TCK). */
const TICKS_PER_SECOND = 100;

/**
 * Processor seconds (user and system) that the process, its descendants and those of their children that ended and were waited for have used.
 * The difference of two readings is what was used between them.
 */
export function processorSeconds(root: number): number {
  let ticks = 0;
  for (const { pid } of processTree(root)) {
    const fields = statFields(pid);
    // utime, stime, cutime and cstime are fields 14 to 17 of the whole line.
    for (const field of fields?.slice(11, 15) ?? []) ticks += Number(field);
  }
  return ticks / TICKS_PER_SECOND;
}

/** Resident memory of one process in bytes, from `VmRSS`; null when it is gone. */
export function residentBytes(pid: number): number | null {
  try {
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return match === null ? null : Number(match[1]) * 1024;
  } catch {
    return null;
  }
}
