import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { longHistory } from "../../support/long-history.ts";
import { meetingOf } from "../../unit/membership/world.ts";

const MEMBERS = 12;

/** What one member hands another who has nothing yet. */
export interface LongLog {
  readonly root: Uint8Array;
  readonly entries: readonly Uint8Array[];
}

export interface LongLogRead {
  /** To check every signature and to work out the roster. */
  readonly ms: number;
  readonly entries: number;
  readonly members: number;
}

/** How long somebody who comes late takes for a log of so many entries, on a thread that has seen none of them. */
export async function longLogMs(length: number): Promise<number> {
  const people = meetingOf(MEMBERS);
  const log: LongLog = { root: people[0].key.publicKey, entries: longHistory(people, length) };
  const reader = new Worker(new URL("./long-log-reader.ts", import.meta.url), { workerData: log });
  const [read] = (await once(reader, "message")) as [LongLogRead];
  if (read.entries !== length || read.members !== MEMBERS) throw new Error("the log was not read whole");
  return read.ms;
}
