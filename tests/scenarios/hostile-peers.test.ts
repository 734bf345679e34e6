import { describe, expect, it } from "vitest";
import { HANDSHAKE_MS } from "../../core/meeting/limits.ts";
import type { RawPeer } from "../../core/mesh/memory/raw-peer.ts";
import { type LinkId, MAX_MESSAGE_BYTES, type Mesh, type MeshEvent } from "../../core/ports/mesh.ts";
import { seededRandom } from "../support/seeded-random.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

/** Somebody with a mesh of their own and no meeting secret. */
class Attacker {
  readonly mesh: Mesh;
  readonly heard: Uint8Array[] = [];
  readonly open: LinkId[] = [];
  closed = 0;

  constructor(world: World) {
    this.mesh = world.network.createMesh();
    this.mesh.subscribe((event) => this.#take(event));
  }

  dial(target: Person): void {
    this.mesh.dial(target.mesh.self, target.mesh.addresses());
  }

  #take(event: MeshEvent): void {
    if (event.type === "link-opened") this.open.push(event.link);
    if (event.type === "message") this.heard.push(event.bytes);
    if (event.type === "link-closed") this.closed++;
  }
}

function garbage(length: number): Uint8Array<ArrayBuffer> {
  return seededRandom(7).bytes(length);
}

/** A length as it stands before a message. */
function bytesOf(length: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, length);
  return bytes;
}

async function twoAndAnAttacker(world: World): Promise<{ people: Person[]; anna: Person; attacker: Attacker }> {
  const people = await world.meeting("Anna", "Ben");
  const [anna] = people;
  if (anna === undefined) throw new Error("nobody");
  return { people, anna, attacker: new Attacker(world) };
}

describe("hostile peers", () => {
  it("one without the meeting secret hears nothing, whatever it says", async () => {
    const world = new World();
    const { people, anna, attacker } = await twoAndAnAttacker(world);
    for (const length of [1, 64, 1_280, 2_464, 200_000, MAX_MESSAGE_BYTES]) {
      attacker.dial(anna);
      await world.until("connected", () => attacker.open.length > 0);
      const link = attacker.open.pop();
      const closed = attacker.closed;
      if (link !== undefined) attacker.mesh.send(link, garbage(length));
      await world.until("it is shown the door", () => attacker.closed > closed);
    }
    expect(attacker.heard).toEqual([]);
    await world.together(people);
  });

  it.each([
    ["announces more than a message may hold", [bytesOf(MAX_MESSAGE_BYTES + 1)]],
    ["announces four gigabytes and sends them", [bytesOf(0xffff_ffff), garbage(1_000_000)]],
    ["begins the longest message and never ends it", [bytesOf(MAX_MESSAGE_BYTES), garbage(200_000)]],
    ["goes on and on", Array.from({ length: 40 }, () => garbage(100_000))],
  ])("one that %s is cut off and costs nobody anything", async (_what, pieces) => {
    const world = new World();
    const { people, anna } = await twoAndAnAttacker(world);
    const raw = await new Promise<RawPeer>((resolve) => {
      world.network.connectRaw(anna.mesh, resolve);
      void world.clock.run(1_000);
    });
    for (const piece of pieces) raw.write(piece);
    await world.until("it is cut off", () => raw.isClosed, HANDSHAKE_MS + 1_000);
    await world.together(people);
  });

  it("one that says nothing is let go of", async () => {
    const world = new World();
    const { people, anna, attacker } = await twoAndAnAttacker(world);
    attacker.dial(anna);
    await world.until("connected", () => attacker.open.length === 1);
    await world.until("let go of", () => attacker.closed === 1, HANDSHAKE_MS + 1_000);
    expect(attacker.heard).toEqual([]);
    await world.together(people);
  });

  it("a crowd that says nothing keeps nobody out who was invited", async () => {
    const world = new World();
    const { people, anna } = await twoAndAnAttacker(world);
    const link = await world.invite(anna);
    const crowd = Array.from({ length: 200 }, () => new Attacker(world));
    for (const attacker of crowd) attacker.dial(anna);
    await world.clock.run(1_000);
    const cleo = world.person("Cleo");
    world.knock(cleo, link);
    await world.together([...people, cleo], 60_000);
  });

  it("a bad invite is refused with its reason and nothing is dialled", async () => {
    const world = new World();
    const { anna } = await twoAndAnAttacker(world);
    const link = await world.invite(anna);
    const middle = Math.floor(link.length / 2);
    const altered = link.slice(0, middle) + (link[middle] === "A" ? "B" : "A") + link.slice(middle + 1);
    const expected = [
      ["", "invite-empty"],
      ["   ", "invite-empty"],
      ["https://example.org", "invite-not-an-invite"],
      [link.slice(0, -9), "invite-truncated"],
      [altered, "invite-altered"],
    ] as const;
    for (const [text, problem] of expected) {
      const dan = world.person("Dan");
      dan.command({ type: "open-invite", name: "Dan", invite: text });
      expect(dan.snapshot?.problem, text).toBe(problem);
      expect(dan.view?.screen).toBe("home");
      expect(dan.hasMesh).toBe(false);
    }
  });

  it("an expired invite is refused where it is opened", async () => {
    const world = new World();
    const { anna } = await twoAndAnAttacker(world);
    const link = await world.invite(anna);
    await world.clock.run(25 * 60 * 60_000);
    const dan = world.person("Dan");
    dan.command({ type: "open-invite", name: "Dan", invite: link });
    expect(dan.snapshot?.problem).toBe("invite-expired");
    expect(dan.hasMesh).toBe(false);
  });
});
