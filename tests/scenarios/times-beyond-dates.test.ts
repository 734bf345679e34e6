import { describe, expect, it } from "vitest";
import { decodeInvite, encodeInvite } from "../../core/wire/invite.ts";
import { Mallory } from "../support/world/mallory.ts";
import { World } from "../support/world/world.ts";

/** Later than this there is no date: whoever formats one throws (ECMA-262, section 21.4.1.1). */
const LAST_DATE = 8.64e15;

describe("a time later than any date", () => {
  it("in an invite or in the log reaches no screen", async () => {
    const world = new World(31, "members");
    const [anna] = await world.meeting("Anna", "Ben");
    if (anna === undefined) throw new Error("nobody");
    const link = await world.invite(anna);
    const invite = decodeInvite(link);
    if (!invite.ok) throw invite.error;
    const mallory = new Mallory(world, link);
    await mallory.enter(anna);
    const capability = mallory.capability(Number.MAX_SAFE_INTEGER);
    const endless = encodeInvite({ ...invite.value, capability });
    if (!endless.ok) throw endless.error;
    const request = mallory.request(mallory.newKey());
    const parents = [mallory.ownAdmission()];
    const admit = mallory.sign({ type: "admit", request, index: 9, capability }, parents, Number.MAX_SAFE_INTEGER - 1);
    mallory.say(anna, { type: "entries", entries: [admit.bytes] });
    const cleo = world.person("Cleo");
    await world.join(cleo, endless.value);
    await world.invite(cleo);
    const shown = cleo.call;
    expect(shown?.participants.length).toBe(5);
    for (const { joinedAt } of shown?.participants ?? []) expect(joinedAt).toBeLessThanOrEqual(LAST_DATE);
    expect(() => new Intl.DateTimeFormat("en").format(shown?.invite?.expiresAt)).not.toThrow();
  });
});
