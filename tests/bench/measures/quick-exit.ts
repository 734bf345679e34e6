import { Cast } from "../../support/cast.ts";
import type { Client } from "../../support/client.ts";
import { seesAndHears } from "../../support/link-figures.ts";
import { notedMessages, observe } from "../../support/observed-page.ts";
import { atMost, forComparison, type Measure } from "../measure.ts";
import { quantile } from "../quantile.ts";

const ROUNDS = 5;
const BOUND_MS = 500;
const PATIENCE_MS = 120_000;

interface Exit {
  readonly goneMs: number;
  readonly wipedMs: number;
  readonly endedMs: number;
}

/** Ctrl+Q in a call of two: the window, the keys and the processes, in ms from the press. */
export const quickExit: Measure = {
  name: "quick-exit",
  async run(say) {
    const exits: Exit[] = [];
    const cast = new Cast();
    try {
      const stays = await cast.start({ name: "Ana" });
      await observe(stays);
      await stays.prepareMeeting();
      await stays.enter();
      const invite = await stays.inviteLink();
      for (let round = 0; round < ROUNDS; round++) {
        const goes = await cast.start({ name: `Ben ${round}` });
        await goes.openInvite(invite);
        await goes.enter();
        for (const [one, other] of [
          [stays, goes],
          [goes, stays],
        ] as const)
          await one.until("picture and sound", () => seesAndHears(one, [other.name]), PATIENCE_MS);
        const exit = await exitOnce(goes, stays);
        exits.push(exit);
        const { goneMs, wipedMs, endedMs } = exit;
        say(
          `exit ${round + 1}: window ${Math.round(goneMs)}, keys ${Math.round(wipedMs)}, all ${Math.round(endedMs)} ms`,
        );
      }
    } finally {
      await cast.end();
    }
    const p95 = (pick: (exit: Exit) => number): number | null => quantile(exits.map(pick), 0.95);
    const what = (end: string): string =>
      `quick exit from a call of two: the shortcut to ${end}, p95 of ${exits.length}`;
    return [
      atMost(BOUND_MS, { what: what("the window gone"), value: p95(({ goneMs }) => goneMs), unit: "ms" }),
      atMost(BOUND_MS, {
        what: what("keys wiped (the other member's page hears of the leaving, which is said after that)"),
        value: p95(({ wipedMs }) => wipedMs),
        unit: "ms",
      }),
      forComparison({ what: what("the end of every process"), value: p95(({ endedMs }) => endedMs), unit: "ms" }),
    ];
  },
};

async function exitOnce(goes: Client, stays: Client): Promise<Exit> {
  const heard = (await notedMessages(stays)).length;
  const gone = new Promise<number>((resolve) => goes.page.once("close", () => resolve(Date.now())));
  const pressed = Date.now();
  // The page is gone before the key is let go.
  void goes.page.keyboard.press("Control+Q").catch(() => undefined);
  const goneAt = await gone;
  while (goes.running) await new Promise((resolve) => setTimeout(resolve, 5));
  const endedAt = Date.now();
  const leftAt = async (): Promise<number | undefined> =>
    (await notedMessages(stays)).slice(heard).find(({ text }) => {
      const { channel, body } = JSON.parse(text) as { channel: string; body: { view?: { participants?: unknown[] } } };
      return channel === "snapshot" && body.view?.participants?.length === 1;
    })?.at;
  await stays.until("news of the leaving", async () => (await leftAt()) !== undefined);
  return { goneMs: goneAt - pressed, wipedMs: ((await leftAt()) ?? Number.NaN) - pressed, endedMs: endedAt - pressed };
}
