import dgram from "node:dgram";
import { once } from "node:events";
import net from "node:net";
import { hostname, networkInterfaces, userInfo } from "node:os";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import * as runners from "../../core/meeting/runner.ts";
import * as libp2pMeshes from "../../core/mesh/libp2p/mesh.ts";
import type { Mesh, MeshOptions } from "../../core/ports/mesh.ts";
import { readCapability } from "../../core/membership/capability.ts";
import { deriveMeetingId } from "../../core/membership/meeting-id.ts";
import { systemClock, systemRandom } from "../../electron/host/platform.ts";
import { listen } from "../support/loopback-meshes.ts";
import { readInvite } from "../support/world/middle.ts";
import { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

// Two meetings of the same two people, one after the other and without a new start of anything, as somebody outside can record them.

/** Bytes in a row that no two recordings share by chance. */
const WINDOW = 8;
/** Bytes in a row that tell words which everybody says from others. */
const SAID_BY_ALL = 5;
const LIMIT_MS = 60_000;

/** What went out of this process while one meeting was held, and what names it. */
interface Recording {
  readonly sent: Buffer[];
  readonly names: Set<string>;
}

let tape: Recording = { sent: [], names: new Set() };
const people: Person[] = [];

beforeAll(() => {
  const bytesOf = (data: unknown): Buffer =>
    typeof data === "string" ? Buffer.from(data) : Buffer.from(data instanceof Uint8Array ? data : []);
  const [write, send] = [net.Socket.prototype.write, dgram.Socket.prototype.send];
  vi.spyOn(net.Socket.prototype, "write").mockImplementation(function (this: net.Socket, ...args: unknown[]) {
    tape.sent.push(bytesOf(args[0]));
    return Reflect.apply(write, this, args) as boolean;
  });
  vi.spyOn(dgram.Socket.prototype, "send").mockImplementation(function (this: dgram.Socket, ...args: unknown[]) {
    tape.sent.push(bytesOf(args[0]));
    Reflect.apply(send, this, args);
  });
});

afterAll(async () => {
  vi.restoreAllMocks();
  await Promise.all(people.map((person) => person.runner.stop()));
});

/** The app as it was loaded once: what it keeps from one meeting to the next, all who share it have. */
interface App {
  readonly runners: typeof runners;
  readonly libp2pMeshes: typeof libp2pMeshes;
}

async function anotherApp(): Promise<App> {
  vi.resetModules();
  return {
    runners: await import("../../core/meeting/runner.ts"),
    libp2pMeshes: await import("../../core/mesh/libp2p/mesh.ts"),
  };
}

/** A person with a real node that announces itself on the local network. */
function person(name: string, app: App = { runners, libp2pMeshes }): Person {
  const meshes: Mesh[] = [];
  const runner = new app.runners.MeetingRunner({
    clock: systemClock,
    random: systemRandom,
    createMesh: async (options) => {
      const mesh = await app.libp2pMeshes.createLibp2pMesh({ ...options, clock: systemClock, random: systemRandom });
      meshes.push(noted(mesh, options));
      return mesh;
    },
    showEveryMs: 0,
    reportDefect: (defect) => {
      throw defect instanceof Error ? defect : new Error(String(defect));
    },
    network: { relays: [], localDiscovery: true },
  });
  const made = new Person({ name, runner, meshes, clock: systemClock, random: systemRandom });
  people.push(made);
  return made;
}

/** Notes what others see of a node: its peer id, and under which names it announces itself. */
function noted(mesh: Mesh, options: MeshOptions): Mesh {
  const announceAs = mesh.announceAs.bind(mesh);
  const { names } = tape;
  for (const name of [mesh.self, options.rendezvousTag]) names.add(name);
  mesh.announceAs = (tags) => {
    for (const tag of tags) names.add(tag);
    announceAs(tags);
  };
  return mesh;
}

/** Everything that is sent while two people meet, hear each other's first words, and leave. */
async function record(starter: Person, guest: Person): Promise<Recording> {
  tape = { sent: [], names: new Set() };
  starter.command({ type: "start-meeting", name: starter.name, admission: "invite" });
  starter.enter();
  starter.command({ type: "create-invite" });
  await vi.waitUntil(() => (starter.call?.invite ?? null) !== null, LIMIT_MS);
  const link = starter.call?.invite?.link ?? "";
  guest.command({ type: "open-invite", name: guest.name, invite: link });
  guest.enter();
  await vi.waitUntil(() => starter.hears(guest) && guest.hears(starter), LIMIT_MS);
  starter.command({ type: "send-chat", text: "the harbour at dawn" });
  await vi.waitUntil(() => guest.call?.chat.length === 1, LIMIT_MS);
  const { meetingSecret, root, capability, addresses } = readInvite(link);
  const grant = readCapability(capability, deriveMeetingId(meetingSecret));
  if (!grant.ok) throw grant.error;
  for (const bytes of [meetingSecret.reveal(), deriveMeetingId(meetingSecret), root])
    tape.names.add(Buffer.from(bytes).toString("hex"));
  for (const address of addresses) tape.names.add(address.split("/p2p/")[1] ?? "");
  for (const name of [grant.value.id, starter.id, guest.id, starter.code]) tape.names.add(name);
  for (const member of [starter, guest]) {
    member.command({ type: "leave" });
    member.command({ type: "leave" });
    // As the page does after every meeting: a certificate of its own for the next.
    member.loadPage();
  }
  await vi.waitUntil(() => [starter, guest].every(({ view }) => view?.screen === "home"), LIMIT_MS);
  return tape;
}

/** Every run of so many bytes in what was sent, as text. */
function runsOf({ sent }: Recording, length: number): Set<string> {
  const runs = new Set<string>();
  for (const bytes of sent) {
    for (let at = 0; at + length <= bytes.length; at++) runs.add(bytes.toString("latin1", at, at + length));
  }
  return runs;
}

/** Runs that both have sent, and of which nothing is what the third has sent, too. */
function shared(first: Recording, second: Recording, third: Recording): string[] {
  const [seconds, everybodys] = [runsOf(second, WINDOW), runsOf(third, SAID_BY_ALL)];
  const isOwn = (run: string): boolean => {
    for (let at = 0; at + SAID_BY_ALL <= WINDOW; at++)
      if (everybodys.has(run.slice(at, at + SAID_BY_ALL))) return false;
    return true;
  };
  return [...runsOf(first, WINDOW)].filter((run) => seconds.has(run) && isOwn(run));
}

/** The same, in which something stood that comes again. */
function withTrail(recording: Recording): Recording {
  return { ...recording, sent: [...recording.sent, Buffer.from("/dns4/the-same-again.example")] };
}

/** What this platform's own WebSocket says first: whether a meeting opens one is a matter of which way is faster. */
async function platformUpgrade(): Promise<Buffer> {
  const server = net.createServer();
  const port = await listen(server);
  const first = once(server, "connection").then(([socket]) => once(socket as net.Socket, "data"));
  const opening = new WebSocket(`ws://127.0.0.1:${port}`);
  opening.addEventListener("error", () => undefined);
  const [said] = (await first) as [Buffer];
  opening.close();
  server.close();
  return Buffer.from(said.toString("latin1").replace(/host: .*/iu, "host: "), "latin1");
}

/** What opens a WebSocket (RFC 6455, section 4.1), word for word as everybody's library says it. */
const UPGRADE = [
  "GET / HTTP/1.1",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: ",
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
  "HTTP/1.1 101 Switching Protocols",
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Accept: ",
].join("\r\n");

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
}

it(
  "what two meetings of the same people have in common, the meetings of everybody have in common",
  async () => {
    const [ana, ben] = [person("Ana Meyrin"), person("Ben Okafor")];
    const first = await record(ana, ben);
    const second = await record(ana, ben);
    const app = await anotherApp();
    const others = await record(person("Cem Aydin", app), person("Dora Quist", app));
    for (const recording of [first, second, others]) {
      expect(recording.names.size).toBeGreaterThanOrEqual(10);
      expect(Buffer.concat(recording.sent).length).toBeGreaterThan(5_000);
      // That local discovery and the links are in it.
      expect(recording.sent.some((bytes) => bytes.includes("_udp"))).toBe(true);
      expect(recording.sent.some((bytes) => bytes.includes("/multistream/1.0.0"))).toBe(true);
    }
    expect([...first.names].filter((name) => second.names.has(name))).toEqual([]);
    // A machine's network addresses are not hidden, and here are all on one machine; a WebSocket names the one that it was opened to.
    const hosts = ownAddresses().map((address) =>
      Buffer.from(`Host: ${address.includes(":") ? `[${address}]` : address}:`),
    );
    const upgrades = [Buffer.from(`${UPGRADE}\r\nHost: `), await platformUpgrade()];
    const everybody = { ...others, sent: [...others.sent, ...hosts, ...upgrades] };
    expect(shared(first, second, everybody)).toEqual([]);
    expect(shared(withTrail(first), withTrail(second), everybody).length).toBeGreaterThan(0);
    const everything = Buffer.concat([...first.sent, ...second.sent]);
    // Short ones stand in random bytes by chance.
    const words = ["Ana M", "Meyrin", "Okafor", "harbour", hostname(), userInfo().username].filter(
      ({ length }) => length > 4,
    );
    for (const word of words) expect(everything.includes(word), word).toBe(false);
  },
  3 * LIMIT_MS,
);

it("inside the network's own encryption, too: no message of one meeting shares a run of bytes with one of the other", async () => {
  const world = new World(11);
  const create = world.network.createMesh.bind(world.network);
  world.network.createMesh = (options) => {
    const mesh = create(options);
    const send = mesh.send.bind(mesh);
    const { sent } = tape;
    mesh.send = (link, ...messages) => {
      sent.push(...messages.map((message) => Buffer.from(message)));
      send(link, ...messages);
    };
    return mesh;
  };
  const [ana, ben] = [world.person("Ana Meyrin"), world.person("Ben Okafor")];
  const meet = async (): Promise<Recording> => {
    tape = { sent: [], names: new Set() };
    await world.join(ben, await world.start(ana));
    await world.together([ana, ben]);
    for (const member of [ana, ben]) {
      member.command({ type: "leave" });
      member.command({ type: "leave" });
      member.loadPage();
    }
    await world.clock.run(2_000);
    expect(tape.sent.length).toBeGreaterThan(10);
    return tape;
  };
  const first = await meet();
  const second = await meet();
  const nobody = { sent: [], names: new Set<string>() };
  expect(shared(first, second, nobody)).toEqual([]);
  expect(shared(withTrail(first), withTrail(second), nobody).length).toBeGreaterThan(0);
});
