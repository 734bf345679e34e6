import { describe, expect, it } from "vitest";
import { useCheapSignatures } from "../support/cheap-signatures.ts";
import { countsOf } from "../../core/membership/fold.ts";
import { MAX_LOG_ENTRIES, MAX_PENDING_ENTRIES } from "../../core/membership/insert.ts";
import { createLog, type Log, merge } from "../../core/membership/log.ts";
import { rosterOf } from "../../core/membership/roster.ts";
import { longHistory } from "../support/long-history.ts";
import { bytesOf, MEETING, meetingOf, type Person } from "../unit/membership/world.ts";

const checks = useCheapSignatures();
const MEMBERS = 12;
function empty(root: Person): Log {
  return createLog({ meetingId: MEETING, root: root.key.publicKey });
}

/** How often folding a log asks whether one entry knew another. */
function looksOf(log: Log): number {
  let looks = 0;
  const entries = log.entries.map((entry) =>
    Object.defineProperty({ ...entry }, "past", {
      get: () => {
        looks++;
        return entry.past;
      },
    }),
  );
  countsOf({ ...log, entries });
  return looks;
}

describe("a log of 10,000 entries", { timeout: 120_000 }, () => {
  it("costs one check of a signature for each, and folds in work that grows as its length does", () => {
    const people = meetingOf(MEMBERS);
    const looks: number[] = [];
    for (const length of [2_500, 10_000]) {
      const history = longHistory(people, length);
      const before = checks();
      const { log, rejected } = merge(empty(people[0]), history);
      expect(rejected).toEqual([]);
      expect(log.entries).toHaveLength(length);
      // Those that these keys signed are known to hold; none is checked twice.
      expect(checks() - before).toBeLessThanOrEqual(length + 2 * MEMBERS);
      expect(rosterOf(log).members).toHaveLength(MEMBERS);
      looks.push(looksOf(log) / length);
    }
    const [short = 0, long = 0] = looks;
    expect(long).toBeLessThan(short * 2);
  });
});

describe("a hundred thousand entries of one member", { timeout: 300_000 }, () => {
  it("fill the log to its limit and no further, in whatever order they come", () => {
    const people = meetingOf(2);
    const history = longHistory([people[1] ?? people[0]], 100_000);
    const known = bytesOf(people[0]);
    let log = merge(empty(people[0]), known).log;
    const refused = new Set<string>();
    for (let start = 0; start < history.length; start += 5_000) {
      const batch = history.slice(start, start + 5_000);
      const merged = merge(log, start % 15_000 === 0 ? batch.toReversed() : batch);
      for (const { code } of merged.rejected) refused.add(code);
      log = merged.log;
      expect(log.entries.length).toBeLessThanOrEqual(MAX_LOG_ENTRIES);
      expect(log.pending.size).toBeLessThanOrEqual(MAX_PENDING_ENTRIES);
    }
    expect([...refused]).toEqual(["log-full"]);
    expect(log.entries).toHaveLength(MAX_LOG_ENTRIES);
    expect(rosterOf(log).members).toHaveLength(2);
  });
});
