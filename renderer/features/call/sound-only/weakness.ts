import type { Strain } from "../../../rtc/call-media.ts";

/** How long it has been too much for each, in ms; and when it was looked at last. */
export interface Weakness {
  readonly machineMs: number;
  readonly linksMs: number;
  readonly at: number;
}

/** Who cannot go on with pictures. */
export type WeakPart = "machine" | "link";

/** So long in all it must be too much, in ms: a busy moment passes by itself, and a machine has more of them than a link. */
export const MACHINE_MS = 60_000;
export const LINKS_MS = 20_000;
/** A calm moment makes up for so many of strain. */
const CALM_COUNTS = 2;
/** A look that comes later than this, in ms, says nothing of the time before it: the machine may have slept. */
const MOST_BETWEEN_MS = 3_000;

/** As after pictures were switched on. */
export function rested(at: number): Weakness {
  return { machineMs: 0, linksMs: 0, at };
}

function follow(ms: number, isStrained: boolean, passed: number): number {
  return Math.max(0, isStrained ? ms + passed : ms - CALM_COUNTS * passed);
}

/** What another look adds, at a time in ms. */
export function weaken(weakness: Weakness, strain: Strain, at: number): Weakness {
  const passed = Math.min(MOST_BETWEEN_MS, Math.max(0, at - weakness.at));
  return {
    machineMs: follow(weakness.machineMs, strain.machine, passed),
    linksMs: follow(weakness.linksMs, strain.links, passed),
    at,
  };
}

/** Who is too weak for pictures; null while nobody is. */
export function weakPart({ machineMs, linksMs }: Weakness): WeakPart | null {
  if (linksMs >= LINKS_MS) return "link";
  return machineMs >= MACHINE_MS ? "machine" : null;
}
