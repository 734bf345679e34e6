import { execFileSync } from "node:child_process";
import { arch, cpus, platform, release, totalmem } from "node:os";
import { chromiumPath } from "./bare/switches.ts";

export interface Machine {
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly node: string;
  readonly chromium: string;
}

/** What a figure depends on beside the app. */
export function describeMachine(): Machine {
  return {
    system: `${platform()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryMiB: Math.round(totalmem() / 1024 / 1024),
    node: process.version,
    chromium: chromiumVersion(),
  };
}

function chromiumVersion(): string {
  try {
    return execFileSync(chromiumPath(), ["--version"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "unknown";
  }
}
