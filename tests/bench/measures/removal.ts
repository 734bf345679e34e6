import type { Locator } from "playwright-core";
import { Cast, meet } from "../../support/cast.ts";
import type { Client } from "../../support/client.ts";
import { seesAndHears } from "../../support/link-figures.ts";
import { arrivals, callView, holdOn, letGo, notedDirectives, notedKeys, observe } from "../../support/observed-page.ts";
import { HostCrowd } from "../keys/host-crowd.ts";
import { atMost, type Measure, type Row } from "../measure.ts";
import { quantile } from "../quantile.ts";

const HOSTS = 8;
const HOST_ROUNDS = 20;
const CLIENT_ROUNDS = 3;
const BOUND_MS = 500;
const CUT_BOUND_MS = 300;
const CUT = "the last who is told to cut the link";
/** What was sent before the removal reached its sender may still arrive for so long, in ms. */
const UNDER_WAY_MS = 200;
const PATIENCE_MS = 180_000;

/** What a removal takes with real processes: hosts alone, and whole clients with sound and picture. */
export const removal: Measure = {
  name: "removal",
  async run(say) {
    return [...(await hosts(say)), ...(await clients(say))];
  },
};

async function hosts(say: (words: string) => void): Promise<Row[]> {
  const crowd = new HostCrowd();
  const fresh: number[] = [];
  const cuts: number[] = [];
  try {
    await crowd.gather(HOSTS);
    for (let round = 0; round < HOST_ROUNDS; round++) {
      const { freshMs, cutMs } = await crowd.remove();
      fresh.push(freshMs);
      cuts.push(cutMs);
      say(`${HOSTS} hosts, removal ${round + 1}: fresh keys ${Math.round(freshMs)} ms, cut ${Math.round(cutMs)} ms`);
      await crowd.bringBack();
    }
  } finally {
    await crowd.close();
  }
  const what = (end: string): string => `${HOSTS} host processes: removal to ${end}, p95 of ${fresh.length}`;
  return [
    atMost(CUT_BOUND_MS, { what: what(CUT), value: quantile(cuts, 0.95), unit: "ms" }),
    atMost(BOUND_MS, {
      what: what("the last who seals under a fresh key"),
      value: quantile(fresh, 0.95),
      unit: "ms",
    }),
  ];
}

async function clients(say: (words: string) => void): Promise<Row[]> {
  const cast = new Cast();
  const times: number[] = [];
  const cuts: number[] = [];
  const late: number[] = [];
  try {
    const people: Client[] = [];
    for (const name of ["Ana", "Ben", "Chi", "Dee"]) {
      const client = await cast.start({ name });
      await observe(client);
      people.push(client);
    }
    const [starter, ...guests] = people as [Client, ...Client[]];
    const removed = people.at(-1) ?? starter;
    let invite = await meet(starter, guests);
    for (let round = 0; round < CLIENT_ROUNDS; round++) {
      if (round > 0) {
        invite = await starter.inviteLink();
        await comeAgain(removed, invite, starter);
      }
      for (const one of people) {
        const others = people.filter((other) => other !== one).map(({ name }) => name);
        await one.until("the others' pictures and sound", () => seesAndHears(one, others), PATIENCE_MS);
      }
      const figures = await removeOnce(starter, people.slice(0, -1), removed);
      times.push(figures.freshMs);
      cuts.push(figures.cutMs);
      late.push(figures.lateStreams);
      say(
        `4 clients, removal ${round + 1}: ${Math.round(figures.freshMs)} ms, cut ${Math.round(figures.cutMs)} ms, late on ${figures.lateStreams} streams`,
      );
    }
  } finally {
    await cast.end();
  }
  const count = String(times.length);
  return [
    atMost(CUT_BOUND_MS, {
      what: `4 clients with sound and picture: removal to ${CUT}, p95 of ${count}`,
      value: quantile(cuts, 0.95),
      unit: "ms",
    }),
    atMost(BOUND_MS, {
      what: `4 clients with sound and picture: removal to the last who seals under a fresh key, p95 of ${count}`,
      value: quantile(times, 0.95),
      unit: "ms",
    }),
    atMost(0, {
      what: `streams of sound or picture on which the removed got a packet later than ${UNDER_WAY_MS} ms after its sender knew, of ${count} removals`,
      value: late.reduce((sum, streams) => sum + streams, 0),
      unit: "streams",
    }),
  ];
}

async function comeAgain(guest: Client, invite: string, starter: Client): Promise<void> {
  await guest.button("Back to the start").click();
  await guest.openInvite(invite);
  await guest.button("Enter meeting").click();
  await starter.button("Admit").click();
  await guest.button("Leave").waitFor();
}

interface Removal {
  /** From the press of `Remove` to the last who seals under a key that the removed was never given, in ms. */
  readonly freshMs: number;
  /** To the last whose page was told to let go of the removed. */
  readonly cutMs: number;
  readonly lateStreams: number;
}

async function removeOnce(remover: Client, rest: readonly Client[], removed: Client): Promise<Removal> {
  const { self } = await callView(removed);
  const opened = (await notedDirectives(removed)).filter((directive) => directive.type === "open-link");
  const senders = new Map(await Promise.all(rest.map(async (one) => [(await callView(one)).self, one] as const)));
  await holdOn(removed);
  const row = remover.page
    .getByRole("list", { name: "Participants", exact: true })
    .getByRole("listitem", { name: removed.name });
  await row.getByRole("button", { name: "Remove" }).click();
  const question = remover.page.getByRole("alertdialog");
  await question.getByRole("textbox", { name: "Reason" }).fill("a measurement");
  const began = await press(remover, question.getByRole("button", { name: "Remove" }));
  await removed.page.getByText("You were removed from the meeting").waitFor();
  const given = new Set((await notedKeys(removed)).flatMap((key) => ("baseKey" in key ? [key.baseKey] : [])));
  const freshAt: number[] = [];
  const knew = new Map<string, number>();
  for (const [id, sender] of senders) {
    await sender.until("a fresh key", async () => (await sealedFreshAt(sender, given, began)) !== null);
    freshAt.push((await sealedFreshAt(sender, given, began)) ?? Number.NaN);
    const letGo = (await notedDirectives(sender)).findLast(
      ({ type, member }) => type === "close-link" && member === self,
    );
    knew.set(id, letGo?.at ?? Number.NaN);
  }
  const last = Math.max(...knew.values());
  await removed.until("what may be under way", () => Promise.resolve(Date.now() > last + 3_000));
  const late = (await arrivals(removed)).filter(({ from, lastAt }) => {
    const sender = opened.findLast(({ fingerprint }) => fingerprint === from)?.member;
    return sender !== undefined && lastAt > (knew.get(sender) ?? Number.POSITIVE_INFINITY) + UNDER_WAY_MS;
  });
  await letGo(removed);
  return { freshMs: Math.max(...freshAt) - began, cutMs: last - began, lateStreams: late.length };
}

declare global {
  var pressedAt: number;
}

/** Presses a button; gives when the page got the press, in ms since the Unix epoch: the way there is the driver's. */
async function press(client: Client, button: Locator): Promise<number> {
  await client.page.evaluate(() => {
    addEventListener("pointerup", () => (globalThis.pressedAt = Date.now()), { capture: true });
  });
  await button.click();
  return client.page.evaluate(() => globalThis.pressedAt);
}

/** When a client began to seal under a key that was not given to the removed; null as long as it has not. */
async function sealedFreshAt(client: Client, given: ReadonlySet<string>, since: number): Promise<number | null> {
  const keys = await notedKeys(client);
  const baseKeys = new Map(keys.flatMap((key) => (key.type === "send-key" ? [[key.epoch, key.baseKey] as const] : [])));
  const uses = keys.flatMap((key) =>
    (key.type === "send-key" && key.use) || key.type === "use-send-key" ? [{ at: key.at, epoch: key.epoch }] : [],
  );
  const first = uses.find(({ at, epoch }) => at >= since && !given.has(baseKeys.get(epoch) ?? ""));
  return first?.at ?? null;
}
