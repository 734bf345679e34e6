import { describe, expect, it } from "vitest";
import { World } from "../support/world/world.ts";

describe("a meeting that is full", () => {
  it("lets in nobody more and says so, and takes somebody again when a place is free", async () => {
    const world = new World();
    const [anna, ben, cleo] = [world.person("Anna", { maxMembers: 2 }), world.person("Ben"), world.person("Cleo")];
    const link = await world.start(anna);
    await world.join(ben, link);
    await world.together([anna, ben]);
    world.knock(cleo, link);
    await world.until("Cleo is told", () => cleo.snapshot?.problem === "meeting-full");
    expect(cleo.view?.screen).toBe("lobby");
    expect([anna, ben].map(({ call }) => call?.participants.length)).toEqual([2, 2]);
    ben.command({ type: "leave" });
    await world.until("Ben has left", () => anna.call?.participants.length === 1);
    cleo.enter();
    await world.together([anna, cleo]);
  });
});
