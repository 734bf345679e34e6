import { Cast, meet } from "../../support/cast.ts";
import type { Client } from "../../support/client.ts";
import { linkFigures, seesAndHears } from "../../support/link-figures.ts";
import { observe } from "../../support/observed-page.ts";
import { atMost, forComparison, type Measure } from "../measure.ts";

const BOUND_MS = 500;
const BEFORE_MS = 15_000;
const AFTER_MS = 20_000;
const PATIENCE_MS = 180_000;

/** What the survivors of a call of four miss of each other's sound when whoever started it is killed. */
export const silence: Measure = {
  name: "silence",
  async run(say) {
    const cast = new Cast();
    try {
      const people: Client[] = [];
      for (const name of ["Ana", "Ben", "Chi", "Dee"]) {
        const client = await cast.start({ name });
        await observe(client);
        people.push(client);
      }
      const [starter, ...survivors] = people as [Client, ...Client[]];
      await meet(starter, survivors);
      for (const one of people) await hearAll(one, people);
      say("four hear each other");
      for (const one of survivors) await one.page.evaluate(watchSilence);
      const before = await longest(survivors, BEFORE_MS);
      say(`longest silence while nothing happens: ${Math.round(before)} ms`);
      const dropped = await droppedFrames(survivors);
      await starter.kill();
      const after = await longest(survivors, AFTER_MS);
      say(`longest silence when the starter is killed: ${Math.round(after)} ms`);
      const lost = (await droppedFrames(survivors)) - dropped;
      const what = "4 clients, 320x180 at 12 fps: longest silence between two survivors";
      return [
        atMost(BOUND_MS, { what: `${what} in the 20 s after the starter is killed`, value: after, unit: "ms" }),
        forComparison({ what: `${what} in the 15 s before`, value: before, unit: "ms" }),
        forComparison({
          what: "frames between survivors that came after the kill and could not be opened",
          value: lost,
          unit: "frames",
        }),
      ];
    } finally {
      await cast.end();
    }
  },
};

async function hearAll(one: Client, people: readonly Client[]): Promise<void> {
  const others = people.filter((other) => other !== one).map(({ name }) => name);
  await one.until("the others' pictures and sound", () => seesAndHears(one, others), PATIENCE_MS);
}

async function droppedFrames(clients: readonly Client[]): Promise<number> {
  const names = new Set(clients.map(({ name }) => name));
  const links = (await Promise.all(clients.map(linkFigures))).flat().filter(({ to }) => names.has(to));
  return links.reduce((sum, { framesDropped }) => sum + framesDropped, 0);
}

declare global {
  /** For each certificate that sound came from: when its last packet came, how many have, and the longest silence since it was asked, in ms. */
  var vigilSilence: Map<string, { at: number; packets: number; longest: number }> | undefined;
}

/** The longest silence on any link between these that lasts to the end of a time from now on. */
async function longest(clients: readonly Client[], ms: number): Promise<number> {
  const forget = (): void => globalThis.vigilSilence?.forEach((heard) => (heard.longest = 0));
  for (const client of clients) await client.page.evaluate(forget);
  await new Promise((resolve) => setTimeout(resolve, ms));
  const read = (): { idle: number; longest: number }[] =>
    [...(globalThis.vigilSilence?.values() ?? [])].map(({ at, longest: most }) => ({
      idle: Date.now() - at,
      longest: most,
    }));
  const heard = (await Promise.all(clients.map((client) => client.page.evaluate(read)))).flat();
  // Whoever was killed is silent for good, and nobody else is.
  const alive = heard.filter(({ idle }) => idle < ms / 2);
  if (alive.length < clients.length * (clients.length - 1)) throw new Error("somebody is not heard any more");
  return Math.max(...alive.map((one) => one.longest));
}

/**
 * Runs in the page: looks at what packets of sound came, often. Between two looks the packets that came are taken to have come as
 * close together as they are sent, so that a silence is never made shorter by a look that was late, and longer by no more than it
 * takes to look.
 */
function watchSilence(): void {
  const PACKET_MS = 20;
  const heard = new Map<string, { at: number; packets: number; longest: number }>();
  globalThis.vigilSilence = heard;
  const look = async (): Promise<void> => {
    for (const link of globalThis.vigilLinks ?? []) {
      const from = /a=fingerprint:sha-256 ([0-9A-F:]+)/i.exec(link.remoteDescription?.sdp ?? "")?.[1];
      if (from === undefined || link.connectionState === "closed") continue;
      const report = (await link.getStats()) as unknown as Map<string, Record<string, unknown>>;
      for (const stats of report.values()) {
        if (stats["type"] !== "inbound-rtp" || stats["kind"] !== "audio") continue;
        const at = Number(stats["lastPacketReceivedTimestamp"] ?? 0);
        const packets = Number(stats["packetsReceived"] ?? 0);
        const before = heard.get(from);
        if (at === 0) continue;
        if (before === undefined) heard.set(from, { at, packets, longest: 0 });
        else if (at > before.at) {
          const came = packets > before.packets ? packets - before.packets : packets;
          before.longest = Math.max(before.longest, at - before.at - (came - 1) * PACKET_MS);
          Object.assign(before, { at, packets });
        }
      }
    }
    setTimeout(() => void look(), 50);
  };
  void look();
}
