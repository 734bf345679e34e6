import { describe, expect, it, vi } from "vitest";
import { personaKeyOf } from "../../core/base/persona-id.ts";
import { createCertificate } from "../../core/persona/certificate.ts";
import { deriveMeetingId } from "../../core/membership/meeting-id.ts";
import { decodeInvite } from "../../core/wire/invite.ts";
import { hasIdentity, withPersona } from "../support/world/persona.ts";
import { Mallory } from "../support/world/mallory.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

type Admission = "invite" | "knock-any";

/** Ada, whose persona is open, starts a meeting and says beforehand whether it shall be seen. */
async function meetingOfAda(show: boolean, admission: Admission = "invite") {
  const world = new World(3);
  const ada = await withPersona(world, "Ada", "Ada Lovelace");
  ada.command({ type: "start-meeting", name: "Ada", admission });
  if (show) ada.command({ type: "show-persona", shown: true });
  ada.enter();
  return { world, ada, link: await world.invite(ada) };
}

const personasIn = (mallory: Mallory): number => mallory.heard.filter(({ type }) => type === "persona").length;
const shown = (to: Person, of: Person): string | undefined => to.participant(of)?.persona.shown?.name;

describe("a persona", () => {
  it("that was chosen is shown to every member, also to who comes later or comes back", async () => {
    const { world, ada, link } = await meetingOfAda(true);
    expect(ada.identity?.shown).toBe(true);
    const [ben, cem] = [world.person("Ben"), world.person("Cem")];
    await world.join(ben, link);
    await world.until("Ben sees it", () => shown(ben, ada) === "Ada Lovelace");
    await world.join(cem, link);
    await world.until("Cem sees it", () => shown(cem, ada) === "Ada Lovelace");
    expect(shown(cem, ben)).toBeUndefined();
    expect(ada.call?.participants.find(({ self }) => self)?.persona.shown?.name).toBe("Ada Lovelace");
    world.network.cut(ada.mesh, ben.mesh);
    await world.clock.run(100);
    await world.together([ada, ben, cem]);
    expect(shown(ben, ada)).toBe("Ada Lovelace");
  });

  it("is shown to nobody unless it was chosen in this very meeting", async () => {
    const { world, ada, link } = await meetingOfAda(false);
    expect(ada.identity).toMatchObject({ state: "open", shown: false });
    const mallory = new Mallory(world, link);
    await mallory.enter(ada);
    await world.clock.run(3_000);
    ada.command({ type: "show-persona", shown: true });
    ada.command({ type: "set-media", media: { microphone: false, camera: false, screen: false } });
    await world.clock.run(30_000);
    expect(mallory.heard.some(({ type }) => type === "hello")).toBe(true);
    expect(personasIn(mallory)).toBe(0);
    // Who comes later would be shown what was chosen too late.
    const ben = world.person("Ben");
    await world.join(ben, link);
    await world.until("Ben knows Ada", () => ben.participant(ada)?.reachable === true);
    await world.clock.run(1_000);
    expect(shown(ben, ada)).toBeUndefined();
    expect(ada.identity?.shown).toBe(false);
  });

  it("that was chosen for one meeting is not chosen for the next", async () => {
    const { world, ada } = await meetingOfAda(true);
    ada.command({ type: "leave" });
    ada.command({ type: "leave" });
    ada.loadPage();
    const mallory = new Mallory(world, await world.start(ada));
    expect(ada.identity).toMatchObject({ state: "open", shown: false });
    await mallory.enter(ada);
    await world.clock.run(3_000);
    expect(personasIn(mallory)).toBe(0);
  });

  it("never reaches somebody who waits at the door, and one who was let in only after a hello", async () => {
    const { world, ada, link } = await meetingOfAda(true, "knock-any");
    const mallory = new Mallory(world, link);
    await mallory.reach(ada);
    mallory.greet(ada, "Mallory");
    mallory.say(ada, { type: "join", request: mallory.request(), capability: mallory.invitation });
    await world.clock.run(5_000);
    expect(ada.call?.knocks).toHaveLength(1);
    expect(personasIn(mallory)).toBe(0);
    ada.command({ type: "admit", knock: ada.call?.knocks[0]?.knock ?? 0 });
    await world.until("Mallory was greeted", () => mallory.heard.some(({ type }) => type === "hello"));
    await world.clock.run(1_000);
    const before = personasIn(mallory);
    mallory.greet(ada, "Mallory");
    await world.until("it comes after the hello", () => personasIn(mallory) === before + 1);
    expect(mallory.heard.findIndex(({ type }) => type === "persona")).toBeGreaterThan(
      mallory.heard.findIndex(({ type }) => type === "entries"),
    );
  });

  it("is shown to nobody new once it was locked", async () => {
    const { world, ada, link } = await meetingOfAda(true);
    const ben = world.person("Ben");
    await world.join(ben, link);
    await world.until("Ben sees it", () => shown(ben, ada) !== undefined);
    ada.command({ type: "lock-identity" });
    await hasIdentity(ada, "locked");
    const mallory = new Mallory(world, link);
    await mallory.enter(ada);
    await world.clock.run(3_000);
    expect(personasIn(mallory)).toBe(0);
    expect(ada.identity).toMatchObject({ persona: null, contacts: [], shown: false });
  });
});

describe("a certificate that is not the member's own", () => {
  async function scene() {
    const { world, ada, link } = await meetingOfAda(true);
    const ben = world.person("Ben");
    await world.join(ben, link);
    const mallory = new Mallory(world, link);
    await mallory.enter(ada);
    await mallory.reach(ben);
    mallory.greet(ben, "Mallory");
    await world.until("Mallory saw the persona", () => personasIn(mallory) > 0);
    const invite = decodeInvite(link);
    if (!invite.ok) throw invite.error;
    const meetingId = deriveMeetingId(invite.value.meetingSecret);
    return { world, ada, ben, mallory, here: { meetingId, memberKey: mallory.key.publicKey } };
  }
  const seenBy = (ben: Person, mallory: Mallory) =>
    ben.call?.participants.find(({ id }) => id === mallory.id)?.persona.shown ?? null;

  it("ends the link of who replays another's", async () => {
    const { world, ben, mallory } = await scene();
    const stolen = mallory.heard.find((message) => message.type === "persona");
    if (stolen === undefined) throw new Error("nothing was heard");
    mallory.say(ben, stolen);
    await world.until("it is cut off", () => mallory.isCutOffFrom(ben));
    expect(seenBy(ben, mallory)).toBeNull();
  });

  it("ends the link of who brings one from another meeting, or for a member key of another", async () => {
    const { world, ben, mallory, here } = await scene();
    const own = { key: mallory.newKey(), name: "Mallory" };
    for (const wrong of [
      { ...here, meetingId: new Uint8Array(32) },
      { ...here, memberKey: own.key.publicKey },
    ]) {
      mallory.say(ben, { type: "persona", certificate: createCertificate(own, wrong) });
      await world.until("it is cut off", () => mallory.isCutOffFrom(ben));
      expect(seenBy(ben, mallory)).toBeNull();
      await mallory.reach(ben);
      mallory.greet(ben, "Mallory");
      await world.clock.run(1_000);
    }
    mallory.say(ben, { type: "persona", certificate: createCertificate(own, here) });
    await world.until("its own is taken", () => seenBy(ben, mallory)?.name === "Mallory");
  });

  it("cannot take the first one's place: a member is one persona for the whole meeting", async () => {
    const { world, ben, mallory, here } = await scene();
    const [first, second] = [mallory.newKey(), mallory.newKey()];
    mallory.say(ben, { type: "persona", certificate: createCertificate({ key: first, name: "One" }, here) });
    mallory.say(ben, { type: "persona", certificate: createCertificate({ key: second, name: "Two" }, here) });
    await world.until("the first is seen", () => seenBy(ben, mallory) !== null);
    await world.clock.run(1_000);
    const seen = seenBy(ben, mallory);
    expect(seen?.name).toBe("One");
    expect(seen && personaKeyOf(seen.id)).toEqual(first.publicKey);
    expect(mallory.isCutOffFrom(ben)).toBe(false);
  });

  it("is shown with a name that cannot hide or reverse anything", async () => {
    const { world, ben, mallory, here } = await scene();
    const certificate = createCertificate({ key: mallory.newKey(), name: "\u202eevil\u0000 name\n" }, here);
    mallory.say(ben, { type: "persona", certificate });
    await world.until("it is seen", () => seenBy(ben, mallory)?.name === "evil name");
    await vi.waitFor(() => expect(ben.snapshot?.identity.persona).toBeNull());
  });
});
