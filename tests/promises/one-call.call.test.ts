import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Snapshot } from "../../core/contract/snapshots.ts";
import { Cast, meet } from "../support/cast.ts";
import type { Client } from "../support/client.ts";
import { grows, seesAndHears } from "../support/link-figures.ts";
import {
  arrivals,
  callView,
  holdOn,
  lastView,
  notedDirectives,
  notedKeys,
  notedMessages,
  observe,
} from "../support/observed-page.ts";

// One call of whole clients in which several promises are put to the test, one after the other: a start of a client is dear.

const LIMIT_MS = 180_000;
/** How long nothing may come for it to be called quiet: sound comes fifty times a second. */
const QUIET_MS = 2_000;
const WORDS = "the harbour at dawn, third bench";
const REASON = "shouts over everybody";
/** Under which the removed comes again. */
const NEW_NAME = "Dora Unlisted";

const cast = new Cast();
const renamed = new Map<Client, string>();
const nameOf = (client: Client): string => renamed.get(client) ?? client.name;
let ana: Client;
let ben: Client;
let chi: Client;
let invite: string;

afterAll(() => cast.end());

async function start(name: string): Promise<Client> {
  const client = await cast.start({ name });
  await observe(client);
  return client;
}

async function idOf(client: Client): Promise<string> {
  return (await callView(client)).self;
}

async function listOf(client: Client): Promise<string[]> {
  return (await callView(client)).participants.map(({ id }) => id).toSorted();
}

/** One list and one code on all of these screens. */
async function oneMeeting(clients: readonly Client[]): Promise<void> {
  const names = clients.map(nameOf).toSorted();
  for (const client of clients) {
    await client.until("the list", async () => (await client.participants()).toSorted().join() === names.join());
  }
  const [first] = clients;
  for (const client of clients) {
    await client.until("one code", async () => (await client.meetingCode()) === (await first?.meetingCode()));
    expect(await client.meetingCode()).toMatch(/^\d{30}$/);
    expect(await listOf(client)).toEqual((await Promise.all(clients.map(idOf))).toSorted());
  }
}

async function everybodySeesAndHears(clients: readonly Client[]): Promise<void> {
  for (const client of clients) {
    const others = clients.filter((other) => other !== client).map(nameOf);
    await client.until("the others' pictures and sound", () => seesAndHears(client, others), LIMIT_MS);
  }
}

async function remove(remover: Client, name: string): Promise<void> {
  const row = remover.page.getByRole("list", { name: "Participants", exact: true }).getByRole("listitem", { name });
  await row.getByRole("button", { name: "Remove" }).click();
  const question = remover.page.getByRole("alertdialog");
  await question.getByRole("textbox", { name: "Reason" }).fill(REASON);
  await question.getByRole("button", { name: "Remove" }).click();
}

beforeAll(async () => {
  ana = await start("Ana Meyrin");
  ben = await start("Ben Okafor");
  chi = await start("Chi Lindqvist");
  invite = await meet(ana, [ben, chi]);
  await everybodySeesAndHears([ana, ben, chi]);
  await ana.sendChat(WORDS);
  await ben.button("Chat").click();
  await ben.page.getByText(WORDS).waitFor();
}, 2 * LIMIT_MS);

describe("nobody-is-added-silently", () => {
  test("every screen lists the same people under one code, and each key is held by exactly them", async () => {
    const clients = [ana, ben, chi];
    await oneMeeting(clients);
    const ids = await Promise.all(clients.map(idOf));
    const keys = await Promise.all(clients.map(notedKeys));
    for (const [index, client] of clients.entries()) {
      const held = (keys[index] ?? []).filter((message) => message.type === "receive-key");
      expect([...new Set(held.map(({ member }) => member))].toSorted(), client.name).toEqual(
        ids.filter((_, other) => other !== index).toSorted(),
      );
      for (const { member, baseKey } of held) {
        const owner = ids.indexOf(member);
        const made = (keys[owner] ?? []).flatMap((message) => (message.type === "send-key" ? [message.baseKey] : []));
        expect(made.includes(baseKey), `${client.name} holds a key of ${clients[owner]?.name ?? "nobody"}`).toBe(true);
      }
    }
  });
});

/** What the removed was told, and what stood on the screen. */
let toldRemoved: Snapshot["view"] | null = null;
let shownRemoved = "";

describe("one-person-can-be-removed", () => {
  test(
    "what the others send reaches the removed no more, who keeps every link open and listens on",
    async () => {
      const removed = await idOf(chi);
      // Chi's client is a changed one, which lets go of nothing.
      await holdOn(chi);
      await remove(ana, chi.name);
      for (const sender of [ana, ben]) {
        await sender.until("the order to let go", async () =>
          (await notedDirectives(sender)).some(({ type, member }) => type === "close-link" && member === removed),
        );
      }
      let last = -1;
      await chi.until("some seconds without a packet", async () => {
        const now = Math.max(...(await arrivals(chi)).map(({ lastAt }) => lastAt));
        const quiet = now === last;
        last = now;
        await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
        return quiet;
      });
      // That they were heard until then, and what would have been heard would have been noted.
      expect((await arrivals(chi)).filter(({ lastAt }) => lastAt > 0).map(({ kind }) => kind)).toContain("audio");
      await chi.page.getByText("You were removed from the meeting").waitFor();
      toldRemoved = await lastView(chi);
      shownRemoved = await chi.page.locator("body").innerText();
    },
    LIMIT_MS,
  );

  test(
    "the call goes on for the others, under keys that the removed was never given",
    async () => {
      await grows(ana, ben.name);
      await grows(ben, ana.name);
      await oneMeeting([ana, ben]);
      const given = new Set(
        (await notedKeys(chi)).flatMap((message) => ("baseKey" in message ? [message.baseKey] : [])),
      );
      expect(given.size).toBeGreaterThan(0);
      for (const client of [ana, ben]) {
        const keys = await notedKeys(client);
        const inUse = keys.findLast(
          (message) => message.type === "use-send-key" || (message.type === "send-key" && message.use),
        );
        const sealing = keys.find(
          (message) => message.type === "send-key" && message.epoch === (inUse && "epoch" in inUse ? inUse.epoch : 0),
        );
        expect(sealing?.type, client.name).toBe("send-key");
        expect(sealing !== undefined && "baseKey" in sealing && given.has(sealing.baseKey), client.name).toBe(false);
      }
    },
    LIMIT_MS,
  );

  test(
    "the removed comes again as somebody else with the same link, and has to knock",
    async () => {
      await chi.button("Back to the start").click();
      await observe(chi);
      renamed.set(chi, NEW_NAME);
      await chi.page.getByRole("textbox", { name: "Your name" }).fill(NEW_NAME);
      await chi.page.getByRole("textbox", { name: "Invite link" }).fill(invite);
      await chi.button("Join").click();
      await chi.button("Enter meeting").click();
      await chi.page.getByRole("status").getByText("Waiting to be admitted").waitFor();
      await ana.page
        .getByRole("alert")
        .filter({ has: ana.button("Admit") })
        .waitFor();
      expect(await listOf(ana)).toHaveLength(2);
      expect(await lastView(chi)).toMatchObject({ screen: "lobby", entry: "waiting" });
    },
    LIMIT_MS,
  );
});

describe("removal-is-answerable", () => {
  test("everybody who stayed is told who was removed, by whom, when and why, and all are told the same", async () => {
    const told = await Promise.all(
      [ana, ben].map(async (client) => (await callView(client)).notices.filter(({ kind }) => kind === "removed")),
    );
    const by = { by: await idOf(ana), byName: ana.name, reason: REASON };
    // Each numbers its own lines, and says when it heard.
    for (const record of told) expect(record).toMatchObject([{ name: chi.name, ...by }]);
    for (const { at } of told.flat()) expect(Math.abs(at - Date.now())).toBeLessThan(2 * LIMIT_MS);
  });

  test("and so was the removed", () => {
    expect(toldRemoved).toMatchObject({
      screen: "ended",
      cause: "removed",
      by: ana.name,
      reason: REASON,
      appeal: "possible",
    });
    expect(shownRemoved).toContain("You were removed from the meeting");
    expect(shownRemoved).toContain(REASON);
  });
});

describe("strangers-see-nothing", () => {
  test("one who waits is told no name, no address and no member, and has no media link", async () => {
    const told = (await notedMessages(chi)).map(({ text }) => text).join("\n");
    // That it is what a page is told which waits.
    expect(told).toContain('"entry":"waiting"');
    const members = [await idOf(ana), await idOf(ben)];
    for (const secret of [ana.name, ben.name, WORDS, ...members, "/ip4/", "/p2p/", "candidate"])
      expect(told).not.toContain(secret);
    expect(await notedDirectives(chi)).toEqual([]);
    expect(await arrivals(chi)).toEqual([]);
    expect((await notedKeys(chi)).filter((message) => "baseKey" in message)).toEqual([]);
    expect(await chi.page.locator("body").innerText()).not.toMatch(/Meyrin|Okafor/);
  });

  test("those inside are told nothing of who waits but that somebody does", async () => {
    for (const member of [ana, ben]) {
      expect((await callView(member)).knocks, member.name).toMatchObject([{ label: "" }]);
      expect(
        (await notedMessages(member)).some(({ text }) => text.includes(NEW_NAME)),
        member.name,
      ).toBe(false);
      expect(await member.page.locator("body").innerText()).not.toContain(NEW_NAME);
      expect(await listOf(member)).toHaveLength(2);
    }
  });

  test(
    "one member's word lets them in, and then all see and hear all",
    async () => {
      await ben.button("Admit").click();
      await chi.button("Leave").waitFor();
      await oneMeeting([ana, ben, chi]);
      await everybodySeesAndHears([ana, ben, chi]);
    },
    LIMIT_MS,
  );
});

describe("nobody-can-end-it", () => {
  test(
    "the starter's client is killed, and those who are left go on hearing each other",
    async () => {
      const told = await Promise.all([ben, chi].map(notedDirectives));
      await ana.kill();
      for (const [client, other] of [
        [ben, chi],
        [chi, ben],
      ] as const) {
        await grows(client, nameOf(other), 40);
        // The link between them is the one that they had: nothing was said of it.
        const [before = []] = told.splice(0, 1);
        const since = (await notedDirectives(client)).slice(before.length);
        const about = await idOf(other);
        expect(since.filter(({ type, member }) => type !== "signal" && member === about)).toEqual([]);
      }
      expect((await listOf(ben)).length).toBeGreaterThanOrEqual(2);
    },
    LIMIT_MS,
  );

  test(
    "a newcomer comes in through whoever is left",
    async () => {
      const dan = await start("Dan Aubert");
      await dan.openInvite(await ben.inviteLink());
      await dan.button("Enter meeting").click();
      await chi.button("Admit").click();
      await dan.button("Leave").waitFor();
      await everybodySeesAndHears([ben, chi, dan]);
      await dan.until("one code", async () => (await dan.meetingCode()) === (await ben.meetingCode()));
      for (const client of [chi, dan]) expect(await client.meetingCode()).toBe(await ben.meetingCode());
    },
    LIMIT_MS,
  );
});
