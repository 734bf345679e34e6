import type { MemberId } from "../../../core/base/member-id.ts";
import type { Client } from "../../support/client.ts";
import { linkFigures, seesAndHears } from "../../support/link-figures.ts";
import { RunningCall } from "../call-of-many.ts";
import { DEMO_WINDOW } from "../demo-run.ts";
import { atMost, forComparison, type Measure } from "../measure.ts";
import { pause } from "../pause.ts";
import { Raid } from "../raid/raid-process.ts";

const MEMBERS = 4;
const RAIDERS = 20;
const WATCH_MS = 20_000;
const SETTLE_MS = 10_000;
const PATIENCE_MS = 180_000;
const picture = { width: 320, height: 180, framesPerSecond: 12 };

/** Twenty who come at once by one leaked invite, into a call of four whole clients on this machine, and are removed in one action. */
export const raid: Measure = {
  name: "raid",
  async run(say) {
    const call = new RunningCall({ participants: MEMBERS, picture, window: DEMO_WINDOW, say });
    let raiders: Raid | null = null;
    try {
      await call.start();
      const { clients } = call;
      const [starter] = clients;
      if (starter === undefined) throw new Error("nobody");
      for (const client of clients) {
        const others = clients.filter((other) => other !== client).map(({ name }) => name);
        await client.until("the others' pictures and sound", () => seesAndHears(client, others), PATIENCE_MS);
      }
      const leaked = await leak(starter);
      const members = new Set((await Promise.all(clients.map(linkFigures))).flat().map(({ member }) => member));
      const raid = await Raid.gather(RAIDERS, [...members]);
      raiders = raid;
      say(`${RAIDERS} raiders are up`);
      await pause(SETTLE_MS);
      const before = await pictures(clients, members);
      say(`before: ${before.toFixed(1)} pictures a second on a link`);
      raid.knock(leaked);
      const during = await pictures(clients, members);
      // On a busy machine twenty handshakes take their time, and some are still on their way when they are counted.
      await until("the first raider is in", () => raid.inside > 0);
      await pause(SETTLE_MS);
      const { inside } = raid;
      say(`while ${RAIDERS} come, of whom ${inside} are in: ${during.toFixed(1)}`);
      const began = performance.now();
      await removeAll(starter);
      const pressed = performance.now();
      // Counted in one look: while people go, the list changes between two.
      const four = async ({ page }: Client): Promise<boolean> =>
        (await page.getByRole("list", { name: "Participants", exact: true }).getByRole("listitem").count()) === MEMBERS;
      await Promise.all(clients.map((client) => client.until("a list of four", () => four(client), PATIENCE_MS)));
      const removedMs = performance.now() - pressed;
      say(`removed in one action, ${Math.round(removedMs)} ms after it (chosen in ${Math.round(pressed - began)} ms)`);
      const after = await pictures(clients, members);
      say(`after: ${after.toFixed(1)}`);
      const what = `raid of ${RAIDERS} by one invite on 4 clients, 320x180 at 12 fps, all on this machine:`;
      const loss = (now: number): number => (before === 0 ? 100 : Math.max(0, 100 * (1 - now / before)));
      return [
        forComparison({ what: `${what} pictures a second on a link before`, value: before, unit: "frames/s" }),
        atMost(10, { what: `${what} frame rate lost in the 20 s in which they come`, value: loss(during), unit: "%" }),
        atMost(10, { what: `${what} frame rate lost in the 20 s after they are gone`, value: loss(after), unit: "%" }),
        forComparison({ what: `${what} raiders who were in before that`, value: inside, unit: "people" }),
        forComparison({ what: `${what} from the one action until no list names them`, value: removedMs, unit: "ms" }),
      ];
    } finally {
      raiders?.end();
      await call.close();
    }
  },
};

/** Another invite than the one that the members came by. */
async function leak(starter: Client): Promise<string> {
  await starter.button("Invite").click();
  const link = starter.page.getByRole("dialog").getByRole("textbox", { name: "Invite link" });
  const usual = await link.inputValue();
  await starter.page.getByText("Another kind of link").click();
  await starter.button("Make this link").click();
  await starter.until("another link", async () => ![usual, ""].includes(await link.inputValue()));
  const leaked = await link.inputValue();
  await starter.page.keyboard.press("Escape");
  await link.waitFor({ state: "detached" });
  return leaked;
}

async function removeAll(starter: Client): Promise<void> {
  const list = starter.page.getByRole("list", { name: "Participants", exact: true });
  if (!(await list.isVisible())) await starter.page.keyboard.press("Control+p");
  // On a busy machine the starter's own window may be the last to show who came.
  starter.page.setDefaultTimeout(PATIENCE_MS);
  const row = list.getByRole("listitem", { name: /^raider/ }).first();
  await row.getByRole("button", { name: "Remove" }).click();
  const dialog = starter.page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Disturbs the meeting" }).click();
  await dialog.getByText(/^Remove others as well/).click();
  await dialog.getByRole("button", { name: /^Choose all \d+ who came in by the same invite/ }).click();
  await dialog.getByText(/^Close the invite/).click();
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
}

/** Decoded pictures a second on the mean link among these over a while, each page by its own clock: a busy one answers late. */
async function pictures(clients: readonly Client[], members: ReadonlySet<MemberId>): Promise<number> {
  const read = async (client: Client): Promise<{ readonly frames: number; readonly at: number }> => {
    const links = await linkFigures(client);
    const at = await client.page.evaluate(() => performance.now());
    const own = links.filter(({ member }) => members.has(member));
    return { frames: own.reduce((sum, { videoFrames }) => sum + videoFrames, 0), at };
  };
  const rates = clients.map(async (client) => {
    const before = await read(client);
    await pause(WATCH_MS);
    const after = await read(client);
    return (1_000 * (after.frames - before.frames)) / (after.at - before.at);
  });
  const sum = (await Promise.all(rates)).reduce((total, rate) => total + rate, 0);
  return sum / (clients.length * (clients.length - 1));
}

async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
    await pause(20);
  }
}
