// A process of its own: what many cost must not hold up whoever measures.
import type { MemberId } from "../../../core/base/member-id.ts";
import { Bot } from "../../support/bots/bot.ts";
import type { RaidOrder, RaidNews } from "./raid-process.ts";

const TELL_MS = 200;
const bots: Bot[] = [];
const tell = (news: RaidNews): void => void process.send?.(news);

process.on("message", (order: RaidOrder) => {
  if (order.type === "knock") for (const bot of bots) bot.knock(order.invite);
  else void gather(order.count, new Set(order.members)).then(() => tell({ type: "up" }));
});
// The measure has ended, one way or the other.
process.on("disconnect", () => process.exit());

async function gather(count: number, members: ReadonlySet<MemberId>): Promise<void> {
  for (let index = 0; index < count; index++) {
    bots.push(await Bot.create({ name: `raider ${index}`, linksWith: (member) => members.has(member) }));
  }
  setInterval(() => tell({ type: "inside", count: bots.filter(({ call }) => call !== null).length }), TELL_MS);
}
