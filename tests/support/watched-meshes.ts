// Run on its own, best in a network namespace of its own: two meshes that know each other and nobody else.
// Prints one JSON line of what they tried to reach.
import dgram from "node:dgram";
import dns from "node:dns";
import { readFileSync } from "node:fs";
import net from "node:net";
import { peerIdOf } from "../../core/mesh/memory/peer-id.ts";
import { systemClock, systemRandom } from "../../electron/host/platform.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Address, Mesh } from "../../core/ports/mesh.ts";

export interface Reached {
  readonly tcp: readonly string[];
  readonly udp: readonly string[];
  readonly names: readonly string[];
  /** How many links the meshes opened to each other. */
  readonly links: number;
  /** Packets that left the machine or would have, as the kernel counts them for this network namespace: native code is in it, too. */
  readonly packets: number;
}

/** How long they are watched, with everything that waits ten times as fast. */
const WATCHED_MS = 3_000;
const HURRY = 10;

const tcp: string[] = [];
const udp: string[] = [];
const names: string[] = [];

function spy<Target extends object>(
  target: Target,
  name: keyof Target,
  note: (args: readonly unknown[]) => void,
): void {
  const original: unknown = target[name];
  if (typeof original !== "function") throw new TypeError(`nothing to watch at ${String(name)}`);
  Object.defineProperty(target, name, {
    configurable: true,
    writable: true,
    value(this: unknown, ...args: unknown[]): unknown {
      note(args);
      return Reflect.apply(original, this, args);
    },
  });
}

function target(argument: unknown): string {
  const options: unknown = Array.isArray(argument) ? argument[0] : argument;
  if (typeof options !== "object" || options === null) return String(options);
  return `${String(Reflect.get(options, "host"))} ${String(Reflect.get(options, "port"))}`;
}

function noteName(name: unknown): void {
  // Binding a socket "looks up" the address it is given, which asks nobody.
  if (typeof name === "string" && net.isIP(name) === 0) names.push(name);
}

spy(net.Socket.prototype, "connect", (args) => tcp.push(target(args[0])));
spy(dgram.Socket.prototype, "send", (args) =>
  udp.push(
    args
      .slice(1)
      .filter((part) => typeof part !== "function")
      .join(" "),
  ),
);
for (const name of ["lookup", "resolve", "resolve4", "resolve6", "resolveTxt", "resolveAny"] as const) {
  spy(dns, name, (args) => noteName(args[0]));
  if (name !== "lookup") spy(dns.Resolver.prototype, name, (args) => noteName(args[0]));
}

/** What left through any interface but loopback, and what had nowhere to go. */
function packetsOut(): number {
  const interfaces = readFileSync("/proc/self/net/dev", "utf8").split("\n").slice(2);
  let packets = 0;
  for (const line of interfaces) {
    const [name, counts] = line.trim().split(":");
    if (counts !== undefined && name !== "lo") packets += Number(counts.trim().split(/\s+/)[9]);
  }
  const four = readFileSync("/proc/self/net/snmp", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("Ip: "));
  const [head, counts] = four.map((line) => line.split(" "));
  packets += Number(counts?.[head?.indexOf("OutNoRoutes") ?? -1] ?? 0);
  const six = /^Ip6OutNoRoutes\s+(\d+)$/m.exec(readFileSync("/proc/self/net/snmp6", "utf8"))?.[1];
  return packets + Number(six ?? 0);
}

const hurried: Clock = { ...systemClock, after: (delayMs, callback) => systemClock.after(delayMs / HURRY, callback) };
const { createLibp2pMesh } = await import("../../core/mesh/libp2p/mesh.ts");
const { preloadMesh } = await import("../../core/mesh/libp2p/preload.ts");

async function startMesh(relays: readonly Address[]): Promise<Mesh> {
  return createLibp2pMesh({
    rendezvousTag: "nobody-else-is-contacted",
    relays,
    localDiscovery: process.argv.includes("--local-discovery"),
    clock: hurried,
    random: systemRandom,
  });
}

const before = packetsOut();
await preloadMesh(systemRandom);
const near = await startMesh([]);
// A relay to meet at brings in WebRTC, whose library would ask strangers for this machine's address if it were let.
const far = await startMesh(near.addresses().slice(0, 1));
let links = 0;
near.subscribe((event) => {
  if (event.type === "link-opened") links++;
});
for (const kind of ["/p2p/", "/ws/"]) {
  const addresses = far.addresses().filter((address) => address.includes(kind));
  near.dial(far.self, addresses);
}
near.setMembers([near.self, far.self]);
far.setMembers([near.self, far.self]);
near.publish(Uint8Array.of(1));
if (process.argv.includes("--call-a-stranger")) {
  const stranger = peerIdOf(systemRandom.bytes(32));
  near.dial(stranger, [`/ip4/192.0.2.1/tcp/9/p2p/${stranger}`]);
}
await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
await Promise.all([near.stop(), far.stop()]);
const reached: Reached = { tcp, udp, names, links, packets: packetsOut() - before };
process.stdout.write(`${JSON.stringify(reached)}\n`);
