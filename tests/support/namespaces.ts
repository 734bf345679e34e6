import { spawnSync } from "node:child_process";

/** Two network namespaces of Linux, joined by one cable and by nothing else: no route, no name server, no other host. */
export interface CutOffNetwork {
  /** The command to put before a program so that it runs at the first or at the second end. */
  readonly ends: readonly [readonly string[], readonly string[]];
  /** The namespaces of both. */
  readonly names: readonly [string, string];
  /** Pulls the cable, or plugs it in again. */
  join(joined: boolean): void;
  remove(): void;
}

const run = (...words: string[]): boolean => spawnSync("ip", words, { stdio: "ignore" }).status === 0;

/** Makes them; null where this is not allowed (it needs root and iproute2). */
export function makeCutOffNetwork(): CutOffNetwork | null {
  const tag = process.pid.toString(36);
  const names = [`vigil-a-${tag}`, `vigil-b-${tag}`] as const;
  const cables = [`va${tag}`, `vb${tag}`] as const;
  const remove = (): void => {
    for (const name of names) run("netns", "del", name);
  };
  const made =
    names.every((name) => run("netns", "add", name) && run("-n", name, "link", "set", "lo", "up")) &&
    run("link", "add", cables[0], "netns", names[0], "type", "veth", "peer", "name", cables[1], "netns", names[1]) &&
    names.every((name, index) => plug(name, cables[index] ?? "", `10.77.0.${index + 1}/24`));
  if (!made) {
    remove();
    return null;
  }
  const join = (joined: boolean): void => {
    for (const [index, name] of names.entries())
      run("-n", name, "link", "set", cables[index] ?? "", joined ? "up" : "down");
  };
  return { ends: [end(names[0]), end(names[1])], names, join, remove };
}

function plug(name: string, cable: string, address: string): boolean {
  return run("-n", name, "address", "add", address, "dev", cable) && run("-n", name, "link", "set", cable, "up");
}

function end(name: string): string[] {
  return ["ip", "netns", "exec", name];
}
