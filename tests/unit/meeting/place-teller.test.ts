import { describe, expect, it, vi } from "vitest";
import { toHex } from "../../../core/base/bytes.ts";
import { decodeCard } from "../../../core/meeting/place-card.ts";
import { MeetingRunner, type MeetingPorts } from "../../../core/meeting/runner.ts";
import type { Fingerprint } from "../../../core/contract/parts.ts";
import { createMemoryNetwork } from "../../../core/mesh/memory/network.ts";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import type { PlacePart } from "../../../core/ports/place.ts";
import { seededRandom } from "../../support/seeded-random.ts";

function stage() {
  const clock = new VirtualClock();
  const random = seededRandom(1);
  const network = createMemoryNetwork({ clock, random });
  /** What was handed to the window and said to others, in this order. */
  const told: string[] = [];
  const parts: PlacePart[] = [];
  const ports = (keepPlace?: MeetingPorts["keepPlace"]): MeetingPorts => ({
    clock,
    random,
    createMesh: (options) => {
      const mesh = network.createMesh(options);
      const publish = mesh.publish.bind(mesh);
      vi.spyOn(mesh, "publish").mockImplementation((bytes) => {
        told.push("published");
        publish(bytes);
      });
      return Promise.resolve(mesh);
    },
    showEveryMs: 0,
    reportDefect: (defect) => {
      throw defect;
    },
    network: { relays: [], localDiscovery: false },
    ...(keepPlace === undefined ? {} : { keepPlace }),
  });
  const runner = new MeetingRunner(
    ports((part) => {
      told.push(part.type);
      // As a pipe does, it copies; the keys are wiped then.
      parts.push(part.type === "keys" ? { type: "keys", keys: part.keys.copy() } : structuredClone(part));
      if (part.type === "keys") part.keys.wipe();
    }),
  );
  const command = (body: object): void => runner.dispatch({ type: "command", command: body as never });
  command({ type: "attach", fingerprint: toHex(random.bytes(32)) as Fingerprint });
  return { clock, runner, command, told, parts, ports };
}

const start = { type: "start-meeting", name: "Ada", admission: "invite" };
const enter = { type: "enter-meeting", name: "Ada", media: { microphone: true, camera: true, screen: true } };

describe("a host's word about its place", () => {
  it("comes with the meeting, not before it is entered, and ends with it", async () => {
    const { clock, command, told, parts } = stage();
    command(start);
    await clock.run(2_000);
    expect(told).toEqual([]);
    command(enter);
    expect(told).toEqual(["none", "keys", "card", "entries"]);
    command({ type: "leave" });
    expect(told.slice(4)).toEqual(expect.arrayContaining(["none"]));
    expect(parts.at(-1)).toEqual({ type: "none" });
    const count = told.length;
    await clock.run(5_000);
    expect(told.slice(count)).toEqual([]);
  });

  it("goes to the window before an entry goes to anybody else", async () => {
    const { clock, command, told } = stage();
    command(start);
    command(enter);
    await clock.run(2_000);
    told.length = 0;
    command({ type: "lock" });
    expect(told).toEqual(["entries", "published"]);
  });

  it("says within a second what has changed, and nothing when nothing has", async () => {
    const { clock, command, told, parts } = stage();
    command(start);
    command(enter);
    await clock.run(2_000);
    told.length = 0;
    await clock.run(60_000);
    expect(told).toEqual([]);
    command({ type: "set-media", media: { microphone: false, camera: true, screen: true } });
    await clock.run(1_000);
    expect(told).toEqual(["card"]);
    const card = parts.at(-1);
    expect(card?.type === "card" && decodeCard(card.card)?.media).toEqual({
      microphone: false,
      camera: true,
      screen: false,
    });
  });

  it("is enough for a host that has nothing else, and is refused whole when it does not fit together", async () => {
    const { clock, command, parts, ports } = stage();
    command(start);
    command(enter);
    await clock.run(2_000);
    const keys = parts.find((part) => part.type === "keys")?.keys;
    const card = parts.findLast((part) => part.type === "card")?.card;
    const entries = parts.flatMap((part) => (part.type === "entries" ? part.entries : []));
    if (keys === undefined || card === undefined) throw new Error("no place");
    const places = [
      { keys, card, entries },
      { keys, card, entries: [] },
      { keys, card: card.slice(1), entries },
      { keys, card: new Uint8Array(2_000_000), entries },
    ];
    const screens = places.map((place) => {
      let shown = "";
      const next = new MeetingRunner(ports());
      next.subscribe((output) => {
        if (output.channel === "snapshot") shown = output.body.view.screen;
      });
      next.dispatch({ type: "return", place });
      next.showAgain();
      return shown;
    });
    expect(screens).toEqual(["call", "home", "home", "home"]);
  });
});
