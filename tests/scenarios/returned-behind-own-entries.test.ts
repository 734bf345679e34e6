import { expect, it } from "vitest";
import { World } from "../support/world/world.ts";

/**
 * Eve's page is reloaded, and only Ben hears of its new certificate before he is cut off. She is removed, voted back in and reloads
 * again: what she writes must follow on what Ben holds, or all would be told that she has signed two histories.
 */
it("somebody removed and let back in goes on behind their own last entry, though nobody present holds it", async () => {
  const world = new World();
  const [anna, ben, cleo, eve] = await world.meeting("Anna", "Ben", "Cleo", "Eve");
  if (anna === undefined || ben === undefined || cleo === undefined || eve === undefined) throw new Error("nobody");
  const { id } = eve;
  world.network.partition([
    [anna.mesh, cleo.mesh],
    [ben.mesh, eve.mesh],
  ]);
  await world.until("they are apart", () => anna.participant(eve)?.reachable === false);
  const first = ben.code;
  eve.loadPage();
  await world.until("Ben knows Eve's new certificate", () => ben.code !== first);
  const known = ben.code;
  anna.command({ type: "remove-member", member: id, reason: "" });

  world.network.partition([[ben.mesh]]);
  await world.until("Eve is told", () => eve.view?.screen === "ended", 60_000);
  eve.command({ type: "appeal", text: "please" });
  const seen = (): boolean => [anna, cleo].every(({ call }) => call?.rules.motions.length === 1);
  await world.until("the appeal is shown", seen, 60_000);
  expect(ben.code).toBe(known);
  for (const voter of [anna, cleo]) {
    voter.command({ type: "vote", motion: "readmit", member: id, approve: true, reason: "" });
  }
  await world.until("Eve is back", () => eve.call !== null, 60_000);
  eve.loadPage();
  await world.until("all hear Eve", () => eve.hearsAll([anna, cleo]), 60_000);

  world.network.heal();
  await world.together([anna, ben, cleo, eve], 120_000);
  for (const { call } of [anna, ben, cleo, eve]) {
    expect(call?.notices.map(({ kind }) => kind)).not.toContain("equivocated");
  }
});
