import { describe, expect, it } from "vitest";
import { wordsOfRecord } from "../../build/record/words.ts";
import { concat, fromBase64Url } from "../../core/base/bytes.ts";
import { deriveMeetingId } from "../../core/membership/meeting-id.ts";
import { type MeetingRecord, readRecord } from "../../core/membership/record.ts";
import { createRecordName } from "../../core/membership/record-name.ts";
import type { ChannelMessage } from "../../core/wire/channel-messages.ts";
import { encodeCbor } from "../../core/wire/cbor.ts";
import { decodeInvite } from "../../core/wire/invite.ts";
import { Mallory } from "../support/world/mallory.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

/** Saves a record as the page does: asks for it, takes it, and reads it with what `npm run verify-record` reads it with. */
function saved(person: Person): MeetingRecord {
  person.command({ type: "export-record" });
  const bytes = fromBase64Url(person.call?.record ?? "");
  person.command({ type: "take-record" });
  expect(person.call?.record).toBeNull();
  const read = readRecord(bytes ?? new Uint8Array());
  if (!read.ok) throw read.error;
  return read.value;
}

const namesIn = ({ names }: MeetingRecord): readonly string[] => [...names.values()].toSorted();
const agrees = (person: Person, allowed = true): void => person.command({ type: "name-in-records", allowed });
const agreed = (to: Person, of: Person): boolean => to.participant(of)?.inRecords ?? false;

async function withMallory() {
  const world = new World(5);
  const ada = world.person("Ada");
  const link = await world.start(ada);
  const ben = world.person("Ben");
  await world.join(ben, link);
  await world.together([ada, ben]);
  const mallory = new Mallory(world, link);
  await mallory.enter(ada);
  await world.until("Ada knows her", () => named(ada, mallory) !== undefined);
  const invite = decodeInvite(link);
  if (!invite.ok) throw invite.error;
  return { world, ada, ben, mallory, meetingId: deriveMeetingId(invite.value.meetingSecret), link };
}
const named = (to: Person, mallory: Mallory) =>
  to.call?.participants.find(({ id, name }) => id === mallory.id && name !== "");

describe("a record that a member saves", () => {
  it("holds what happened, and the names of those who agreed and of nobody else", async () => {
    const world = new World(1);
    const [ada, ben, cem, dora] = await world.meeting("Ada", "Ben", "Cem", "Dora");
    if (ada === undefined || ben === undefined || cem === undefined || dora === undefined) throw new Error("nobody");
    expect(namesIn(saved(ada))).toEqual([]);
    agrees(ada);
    agrees(cem);
    await world.until("Ben knows of both", () => agreed(ben, ada) && agreed(ben, cem));
    expect(agreed(ben, dora)).toBe(false);
    ada.command({ type: "remove-member", member: dora.id, reason: "shouts" });
    await world.until("Dora is out", () => ben.call?.participants.length === 3);
    const record = saved(ben);
    expect(record.by).toBe(ben.id);
    expect(namesIn(record)).toEqual(["Ada", "Cem"]);
    const lines = wordsOfRecord(record);
    expect(lines.some((line) => line.endsWith('A (Ada) removed D: "shouts"'))).toBe(true);
    expect(lines).toContain(`C (Cem) is the key ${cem.id}, whose holder has signed that this name may stand here`);
    expect(lines).toContain(`B is the key ${ben.id}`);
    expect(lines.join("\n")).not.toMatch(/Ben|Dora/);
    expect(namesIn(saved(ada))).toEqual(["Ada", "Cem"]);
  });

  it("is kept by nobody who did not ask for it, and by a page that comes anew least of all", async () => {
    const world = new World(2);
    const [ada, ben] = await world.meeting("Ada", "Ben");
    if (ada === undefined || ben === undefined) throw new Error("nobody");
    ada.command({ type: "export-record" });
    expect(ada.call?.record).toEqual(expect.any(String));
    expect(ben.call?.record).toBeNull();
    ada.loadPage();
    expect(ada.call?.record).toBeNull();
  });
});

describe("a name in records", () => {
  it("is told to who comes later, and to who was out of reach when it was agreed to", async () => {
    const world = new World(3);
    const [ada, ben] = await world.meeting("Ada", "Ben");
    if (ada === undefined || ben === undefined) throw new Error("nobody");
    world.network.partition([[ada.mesh], [ben.mesh]]);
    await world.until("they are apart", () => ben.participant(ada)?.reachable === false, 120_000);
    agrees(ada);
    await world.clock.run(1_000);
    expect(agreed(ben, ada)).toBe(false);
    world.network.heal();
    await world.until("Ben hears of it", () => agreed(ben, ada), 60_000);
    const cem = world.person("Cem");
    await world.join(cem, await world.invite(ada));
    await world.until("Cem hears of it", () => agreed(cem, ada));
    expect(namesIn(saved(cem))).toEqual(["Ada"]);
  });

  it("that is taken back stands in no later record, also of who hears of it only afterwards", async () => {
    const world = new World(4);
    const people = await world.meeting("Ada", "Ben", "Cem");
    const [ada, ben, cem] = people;
    if (ada === undefined || ben === undefined || cem === undefined) throw new Error("nobody");
    agrees(ada);
    await world.until("both know", () => agreed(ben, ada) && agreed(cem, ada));
    expect(namesIn(saved(ben))).toEqual(["Ada"]);
    world.network.partition([[ada.mesh, ben.mesh], [cem.mesh]]);
    await world.until("Cem is apart", () => cem.participant(ada)?.reachable === false, 120_000);
    agrees(ada, false);
    expect(ada.call?.participants.find(({ self }) => self)?.inRecords).toBe(false);
    await world.until("Ben knows", () => !agreed(ben, ada));
    expect(namesIn(saved(ben))).toEqual([]);
    expect(namesIn(saved(ada))).toEqual([]);
    world.network.heal();
    await world.until("Cem hears of it", () => !agreed(cem, ada), 60_000);
    expect(namesIn(saved(cem))).toEqual([]);
  });

  it("stays with those who have gone, as they left it", async () => {
    const world = new World(6);
    const [ada, ben, cem] = await world.meeting("Ada", "Ben", "Cem");
    if (ada === undefined || ben === undefined || cem === undefined) throw new Error("nobody");
    agrees(ben);
    await world.until("Ada knows", () => agreed(ada, ben));
    for (const one of [ben, cem]) one.command({ type: "leave" });
    await world.until("both are gone", () => ada.call?.participants.length === 1);
    expect(namesIn(saved(ada))).toEqual(["Ben"]);
  });

  it("that was agreed to before a removal can be taken back after the return", async () => {
    const world = new World(7);
    const [ada, ben, cem] = await world.meeting("Ada", "Ben", "Cem");
    if (ada === undefined || ben === undefined || cem === undefined) throw new Error("nobody");
    agrees(cem);
    await world.until("Ada knows", () => agreed(ada, cem));
    const { id } = cem;
    ada.command({ type: "remove-member", member: id, reason: "by mistake" });
    await world.until("Cem is out", () => cem.view?.screen === "ended");
    cem.command({ type: "appeal", text: "let me back in" });
    await world.until(
      "it is heard",
      () => ada.call?.rules.motions.length === 1 && ben.call?.rules.motions.length === 1,
    );
    for (const one of [ada, ben]) {
      one.command({ type: "vote", motion: "readmit", member: id, approve: true, reason: "" });
    }
    await world.until("Cem is back", () => cem.call !== null);
    expect(cem.call?.participants.find(({ self }) => self)?.inRecords).toBe(true);
    await world.together([ada, ben, cem]);
    agrees(cem, false);
    await world.until("both know", () => !agreed(ada, cem) && !agreed(ben, cem));
    expect(namesIn(saved(ada))).toEqual([]);
  });
});

describe("a name that its bearer did not agree to", () => {
  it("ends the link of who brings another's, one nobody signed, or one of another meeting", async () => {
    const { world, ada, ben, mallory, meetingId } = await withMallory();
    agrees(ben);
    await world.until("Ada knows of Ben", () => agreed(ada, ben));
    await mallory.reach(ben);
    mallory.greet(ben, "Mallory");
    const heard = (): ChannelMessage | undefined => mallory.heard.find(({ type }) => type === "record-name");
    await world.until("Mallory was told Ben's", () => heard() !== undefined);
    const stolen = heard();
    const claim = encodeCbor([1, meetingId, mallory.key.publicKey, "Mallory"]);
    const forgeries: readonly (ChannelMessage | undefined)[] = [
      stolen,
      { type: "record-name", statement: concat(claim, new Uint8Array(64)) },
      { type: "record-name", statement: concat(claim, mallory.newKey().sign("record name", claim)) },
      { type: "record-name", statement: concat(claim, mallory.key.sign("persona certificate", claim)) },
      {
        type: "record-name",
        statement: createRecordName({ meetingId: new Uint8Array(32), key: mallory.key, name: "Mallory" }),
      },
      { type: "record-name", statement: mallory.bytes(512) },
    ];
    for (const forgery of forgeries) {
      if (forgery === undefined) throw new Error("nothing was stolen");
      mallory.say(ada, forgery);
      await world.until("she is cut off", () => mallory.isCutOffFrom(ada));
      expect(named(ada, mallory)?.inRecords).toBe(false);
      await mallory.reach(ada);
      mallory.greet(ada, "Mallory");
      await world.clock.run(1_000);
    }
    expect(namesIn(saved(ada))).toEqual(["Ben"]);
  });

  it("is left out when it is another than the one that everybody sees", async () => {
    const { world, ada, mallory, meetingId } = await withMallory();
    const say = (name: string): void =>
      mallory.say(ada, {
        type: "record-name",
        statement: createRecordName({ meetingId, key: mallory.key, name }),
      });
    say("Ben");
    await world.clock.run(1_000);
    expect(named(ada, mallory)?.inRecords).toBe(false);
    expect(namesIn(saved(ada))).toEqual([]);
    say("Mallory");
    await world.until("her own is taken", () => named(ada, mallory)?.inRecords === true);
    expect(namesIn(saved(ada))).toEqual(["Mallory"]);
    mallory.say(ada, { type: "profile", name: "Somebody else", media: 0 });
    await world.until("she has another name", () => named(ada, mallory)?.name === "Somebody else");
    expect(namesIn(saved(ada))).toEqual([]);
  });

  it("counts as none when there are more words about it than anybody needs", async () => {
    const { world, ada, mallory, meetingId } = await withMallory();
    const statement = createRecordName({ meetingId, key: mallory.key, name: "Mallory" });
    for (let word = 0; word < 60; word++) mallory.say(ada, { type: "record-name", statement });
    mallory.say(ada, { type: "profile", name: "Mallory", media: 1 });
    await world.until("all of it has come", () => named(ada, mallory)?.media.microphone === true);
    expect(named(ada, mallory)?.inRecords).toBe(false);
    expect(mallory.isCutOffFrom(ada)).toBe(false);
    await world.clock.run(5_000);
    mallory.say(ada, { type: "record-name", statement });
    await world.until("it is read again", () => named(ada, mallory)?.inRecords === true);
  });

  it("is not agreed to by an older word that comes late, on a link that was replaced", async () => {
    const { world, ada, mallory, meetingId } = await withMallory();
    const statement = createRecordName({ meetingId, key: mallory.key, name: "Mallory" });
    const earlier = mallory.voiceTo(ada);
    earlier({ type: "record-name", statement });
    await world.until("it is agreed to", () => named(ada, mallory)?.inRecords === true);
    await mallory.reach(ada);
    mallory.greet(ada, "Mallory");
    mallory.say(ada, { type: "record-name", statement: new Uint8Array() });
    await world.until("it is taken back", () => named(ada, mallory)?.inRecords === false);
    earlier({ type: "record-name", statement });
    earlier({ type: "profile", name: "Mallory", media: 1 });
    await world.until("the late words have come", () => named(ada, mallory)?.media.microphone === true);
    expect(named(ada, mallory)?.inRecords).toBe(false);
  });

  it("is told to a newcomer only after its hello: before that it may not know that it is in", async () => {
    const world = new World(9);
    const ada = world.person("Ada");
    const mallory = new Mallory(world, await world.start(ada));
    await mallory.reach(ada);
    mallory.say(ada, { type: "join", request: mallory.request(), capability: mallory.invitation });
    const hears = (type: ChannelMessage["type"]): boolean => mallory.heard.some((message) => message.type === type);
    await world.until("she is greeted", () => hears("hello"));
    agrees(ada);
    await world.clock.run(1_000);
    expect(hears("record-name")).toBe(false);
    mallory.greet(ada, "Mallory");
    await world.until("she is told", () => hears("record-name"));
  });

  it("is told to nobody who waits at the door", async () => {
    const world = new World(8);
    const ada = world.person("Ada");
    const link = await world.start(ada, "knock-any");
    agrees(ada);
    const mallory = new Mallory(world, link);
    await mallory.reach(ada);
    mallory.greet(ada, "Mallory");
    mallory.say(ada, { type: "join", request: mallory.request(), capability: mallory.invitation });
    await world.until("she waits", () => ada.call?.knocks.length === 1);
    agrees(ada, false);
    agrees(ada);
    await world.clock.run(5_000);
    expect(mallory.heard.some(({ type }) => type === "record-name")).toBe(false);
  });
});
