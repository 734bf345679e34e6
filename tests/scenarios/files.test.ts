import { describe, expect, it } from "vitest";
import type { SharedFile } from "../../core/contract/files.ts";
import { usePlatformCrypto } from "../../electron/host/platform-crypto.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

usePlatformCrypto();

const HASH = new Uint8Array(32).fill(3);

async function meeting(...names: string[]): Promise<{ world: World; people: [Person, Person, Person] }> {
  const world = new World();
  return { world, people: (await world.meeting(...names)) as [Person, Person, Person] };
}

function fileOf(person: Person, name: string): SharedFile | undefined {
  return person.call?.files.find(({ file }) => file === name);
}

async function offer(
  world: World,
  person: Person,
  name: string,
  to: readonly Person[],
  size = 1_000,
): Promise<SharedFile> {
  person.files.chosen = { name, size, hash: HASH };
  person.command({ type: "choose-file" });
  await world.until("the file is offered", () =>
    to.every((one) => one.call?.files.some(({ size: own }) => own === size)),
  );
  const file = to[0]?.call?.files.find(({ size: own }) => own === size);
  if (file === undefined) throw new Error("no file");
  return file;
}

function take(person: Person, { from, id }: SharedFile): void {
  person.command({ type: "take-file", file: { from, id } });
}

function drop(person: Person, { from, id }: SharedFile): void {
  person.command({ type: "drop-file", file: { from, id } });
}

const states = (person: Person, id: string): readonly string[] =>
  (person.call?.files.find((file) => file.id === id)?.takers ?? []).map(({ state }) => state);

describe("a file in a meeting", () => {
  it("goes to those who take it, under a safe name, and its sender sees who has it", async () => {
    const { world, people } = await meeting("Anna", "Ben", "Cleo");
    const [anna, ben, cleo] = people;
    const file = await offer(world, anna, "../plan\u202efdp.exe", [ben, cleo]);
    expect(file).toMatchObject({
      from: anna.id,
      name: "Anna",
      file: "planfdp.exe",
      size: 1_000,
      canRun: true,
      state: "offered",
    });
    // Nothing moves before it is asked for.
    await world.clock.run(5_000);
    expect(anna.files.orders.map(({ type }) => type)).toEqual(["choose"]);
    take(ben, file);
    await world.until("Ben has it", () => fileOf(ben, "planfdp.exe")?.state === "saved");
    await world.until("Anna sees it", () => states(anna, file.id).join() === "has-it,told");
    drop(cleo, file);
    await world.until("Anna sees that, too", () => states(anna, file.id).join() === "has-it,declined");
    expect([ben.files.saved, cleo.files.saved]).toEqual([["planfdp.exe"], []]);
  });

  it("is not shown to who comes later", async () => {
    const { world, people } = await meeting("Anna", "Ben");
    const [anna, ben] = people;
    await offer(world, anna, "plan.pdf", [ben]);
    const dan = world.person("Dan");
    await world.join(dan, await world.invite(anna));
    await world.together([anna, ben, dan]);
    expect(dan.call?.files).toEqual([]);
  });

  it("goes on by itself, where it stopped, when the way was cut and is back", async () => {
    const { world, people } = await meeting("Anna", "Ben");
    const [anna, ben] = people;
    const file = await offer(world, anna, "film.mp4", [ben]);
    take(ben, file);
    await world.until("some of it is there", () => (fileOf(ben, "film.mp4")?.done ?? 0) > 0);
    world.network.partition([[anna.mesh], [ben.mesh]]);
    await world.until("it waits", () => fileOf(ben, "film.mp4")?.state === "waiting");
    await world.clock.run(30_000);
    world.network.heal();
    await world.until("it is there", () => fileOf(ben, "film.mp4")?.state === "saved", 60_000);
    const offsets = ben.files.orders.flatMap((order) => (order.type === "receive" ? [order.offset] : []));
    expect(offsets.at(-1)).toBeGreaterThan(0);
    const secrets = new Set(ben.files.orders.flatMap((order) => (order.type === "receive" ? [order.secret] : [])));
    expect(secrets.size).toBe(offsets.length);
    await world.until("Anna knows", () => states(anna, file.id).join() === "has-it");
  });

  it("is offered to a member who was out of reach once they are back, also that it is not any more", async () => {
    const { world, people } = await meeting("Anna", "Ben", "Cleo");
    const [anna, ben, cleo] = people;
    world.network.partition([[anna.mesh, ben.mesh], [cleo.mesh]]);
    await world.until("Cleo is away", () => anna.participant(cleo)?.reachable === false);
    const file = await offer(world, anna, "plan.pdf", [ben]);
    world.network.heal();
    await world.until("Cleo sees it", () => fileOf(cleo, "plan.pdf")?.state === "offered");
    drop(anna, file);
    await world.until("nobody can take it", () =>
      [ben, cleo].every((one) => fileOf(one, "plan.pdf")?.state === "withdrawn"),
    );
    take(ben, file);
    await world.clock.run(2_000);
    expect(ben.files.orders.some(({ type }) => type === "receive")).toBe(false);
  });

  it("stops at once for somebody who is removed, in both directions", async () => {
    const { world, people } = await meeting("Anna", "Ben", "Cleo");
    const [anna, ben, cleo] = people;
    const hers = await offer(world, anna, "plan.pdf", [ben, cleo]);
    const his = await offer(world, cleo, "trap.pdf", [anna, ben], 2_000);
    take(cleo, hers);
    take(ben, his);
    await world.until("both are on their way", () =>
      [cleo, ben].every((one) => one.files.orders.some(({ type }) => type === "receive")),
    );
    anna.command({ type: "remove-member", member: cleo.id, reason: "" });
    const gone = cleo.files.orders.length;
    await world.until("it is gone", () => fileOf(ben, "trap.pdf")?.state === "gone");
    await world.clock.run(5_000);
    expect(cleo.files.saved).toEqual([]);
    expect(ben.files.saved).toEqual([]);
    expect(anna.files.orders).toContainEqual({ type: "stop-sending", id: hers.id, to: expect.any(String) as string });
    expect(ben.files.orders.at(-1)).toMatchObject({ type: "drop", id: his.id });
    expect(cleo.files.orders.length).toBeGreaterThanOrEqual(gone);
  });

  it("that cannot be saved is lost with its reason, and can be asked for again", async () => {
    const { world, people } = await meeting("Anna", "Ben");
    const [anna, ben] = people;
    const file = await offer(world, anna, "plan.pdf", [ben]);
    take(ben, file);
    await world.until("it is asked for", () => ben.files.orders.some(({ type }) => type === "receive"));
    ben.files.tell({ type: "not-received", from: anna.id, id: file.id, done: 0, why: "disk-full" });
    expect(fileOf(ben, "plan.pdf")).toMatchObject({ state: "lost", why: "disk-full", done: 0 });
    take(ben, file);
    await world.until("it is there", () => fileOf(ben, "plan.pdf")?.state === "saved");
  });

  it("that stops again and again is asked for a few times, and then the person is", async () => {
    const { world, people } = await meeting("Anna", "Ben");
    const [anna, ben] = people;
    const file = await offer(world, anna, "plan.pdf", [ben]);
    anna.files.carry = () => undefined;
    take(ben, file);
    const fail = (): void => {
      if (fileOf(ben, "plan.pdf")?.state === "receiving")
        ben.files.tell({ type: "not-received", from: anna.id, id: file.id, done: 0, why: "broken" });
    };
    for (let second = 0; second < 120; second++) {
      fail();
      await world.clock.run(1_000);
    }
    expect(fileOf(ben, "plan.pdf")).toMatchObject({ state: "lost", why: "stalled" });
    expect(ben.files.orders.filter(({ type }) => type === "receive").length).toBeLessThan(12);
  });

  it("is not asked for twice by choosing again while the window still asks, and calling off leaves nothing", async () => {
    const { world, people } = await meeting("Anna", "Ben");
    const [anna] = people;
    anna.command({ type: "choose-file" });
    anna.command({ type: "choose-file" });
    await world.clock.run(1_000);
    expect(anna.files.orders.map(({ type }) => type)).toEqual(["choose"]);
    expect(anna.call?.files).toEqual([]);
  });
});
