import { execFile, spawnSync } from "node:child_process";
import { networkInterfaces } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { Reached } from "../support/watched-meshes.ts";

const SCRIPT = fileURLToPath(new URL("../support/watched-meshes.ts", import.meta.url));
const OWN_HOSTS = new Set(["127.0.0.1", "::1", ...Object.values(networkInterfaces()).flatMap(addressesOf)]);
const MDNS = / 5353 224\.0\.0\.251$/;

const OWN_NETWORK = "unshare";
// Where the kernel lends a network of its own, packets of native code are counted, too.
const isolated = spawnSync(OWN_NETWORK, ["-rn", "ip", "link", "set", "lo", "up"]).status === 0;

async function watchMeshes(...flags: string[]): Promise<Reached> {
  const run = promisify(execFile);
  const bare = [process.execPath, SCRIPT, ...flags];
  const shell = `ip link set lo up && exec "$0" "$@"`;
  const { stdout } = isolated
    ? await run(OWN_NETWORK, ["-rn", "sh", "-c", shell, ...bare])
    : await run(process.execPath, [SCRIPT, ...flags]);
  return JSON.parse(stdout) as Reached;
}

function addressesOf(network: readonly { readonly address: string }[] | undefined): string[] {
  return (network ?? []).map(({ address }) => address);
}

function isElsewhere(target: string): boolean {
  return !OWN_HOSTS.has(target.split(" ")[0] ?? "");
}

describe("nobody else is contacted by the mesh", { timeout: 60_000 }, () => {
  test("with local discovery off: no packet, no connection and no name leaves the meeting", async () => {
    const { tcp, udp, names, links } = await watchMeshes();
    expect(links).toBe(2);
    expect(tcp.filter(isElsewhere)).toEqual([]);
    expect(udp).toEqual([]);
    expect(names).toEqual([]);
  });

  test.skipIf(!isolated)("with local discovery off: the kernel sees no packet for anybody else", async () => {
    expect((await watchMeshes()).packets).toBe(0);
  });

  test("with local discovery on: the local network's multicast group and nothing else", async () => {
    const { tcp, udp, names, links } = await watchMeshes("--local-discovery");
    expect(links).toBe(2);
    expect(tcp.filter(isElsewhere)).toEqual([]);
    expect(udp.length).toBeGreaterThan(0);
    expect(udp.filter((target) => !MDNS.test(target))).toEqual([]);
    expect(names).toEqual([]);
  });

  test("and the watch would have seen it", async () => {
    const { tcp, packets } = await watchMeshes("--call-a-stranger");
    expect(tcp).toContain("192.0.2.1 9");
    if (isolated) expect(packets).toBeGreaterThan(0);
  });
});
