import { timeEntry } from "../support/join-timer.ts";
import type { RunningCall } from "./call-of-many.ts";

/** Lets the last client of a call join all the others, leave and join again; ms of each join. */
export async function joinAgainAndAgain(
  call: RunningCall,
  { joins, say }: { joins: number; say(words: string): void },
): Promise<number[]> {
  const guest = call.clients.at(-1);
  const others = call.clients.slice(0, -1);
  if (guest === undefined) return [];
  const times: number[] = [];
  for (let round = 0; round < joins; round++) {
    await guest.openInvite(call.invite);
    times.push(await timeEntry(guest, others.length));
    say(`join ${round + 1}: ${Math.round(times.at(-1) ?? 0)} ms`);
    await guest.leave();
    for (const other of others) await other.tile(guest.name).waitFor({ state: "detached" });
  }
  return times;
}
