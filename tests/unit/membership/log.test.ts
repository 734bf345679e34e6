import { describe, expect, it } from "vitest";
import { usePlatformCrypto } from "../../../electron/host/platform-crypto.ts";
import { Secret } from "../../../core/base/secret.ts";
import { MAX_PENDING_ENTRIES } from "../../../core/membership/insert.ts";
import { createLog, entriesAfter, heads, merge } from "../../../core/membership/log.ts";
import { meetingCode, safetyNumber } from "../../../core/membership/meeting-code.ts";
import { deriveMeetingId, rendezvousTag } from "../../../core/membership/meeting-id.ts";
import { rosterOf } from "../../../core/membership/roster.ts";
import { bytesOf, fingerprint, MEETING, meetingOf, NOW, Person, starter } from "./world.ts";

usePlatformCrypto();

const empty = (root: Person) => createLog({ meetingId: MEETING, root: root.key.publicKey });

/** A starter who has written `count` entries after the first. */
function chatty(count: number): Person {
  const root = starter();
  for (let index = 0; index < count; index++) root.write({ type: "device", fingerprint: fingerprint() });
  return root;
}

describe("merging", () => {
  it("waits for what an entry refers to, and names it", () => {
    const root = chatty(2);
    const [create, one, two] = bytesOf(root);
    const waiting = merge(empty(root), [two ?? new Uint8Array()]);
    expect(waiting.added).toEqual([]);
    expect(waiting.missing).toEqual(root.log.entries.slice(1, 2).map(({ id }) => id));
    const whole = merge(waiting.log, [one ?? new Uint8Array(), create ?? new Uint8Array()]);
    expect(whole.addedEntries).toEqual(bytesOf(root));
    expect(whole.missing).toEqual([]);
    expect(rosterOf(whole.log)).toEqual(rosterOf(root.log));
  });

  it("takes nothing twice", () => {
    const root = chatty(1);
    expect(merge(root.log, bytesOf(root))).toMatchObject({ log: root.log, added: [], rejected: [] });
  });

  it("holds no more than its limit of entries that wait, the newest of them", () => {
    const root = chatty(MAX_PENDING_ENTRIES + 10);
    const orphans = bytesOf(root).slice(1);
    const { log } = merge(empty(root), orphans);
    expect(log.pending.size).toBe(MAX_PENDING_ENTRIES);
    expect([...log.pending.values()].at(-1)?.bytes).toEqual(orphans.at(-1));
  });

  it("rejects what is malformed, forged, or of another meeting", () => {
    const root = chatty(1);
    const forged = bytesOf(root)[1]?.slice() ?? new Uint8Array();
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    const other = createLog({ meetingId: new Uint8Array(32), root: root.key.publicKey });
    expect(merge(empty(root), [forged]).rejected).toEqual([{ code: "entry-forged" }]);
    expect(merge(other, bytesOf(root).slice(0, 1)).rejected).toEqual([{ code: "entry-of-another-meeting" }]);
    const rubbish = [new Uint8Array(), new Uint8Array(64), new Uint8Array(5000)];
    expect(merge(empty(root), rubbish).rejected).toEqual(rubbish.map(() => ({ code: "entry-malformed" })));
  });
});

describe("sync", () => {
  it("gives what comes after the other's heads, parents first", () => {
    const [root, one] = meetingOf(2);
    if (one === undefined) throw new Error("too few");
    const before = heads(one.log);
    root.write({ type: "device", fingerprint: fingerprint() });
    root.write({ type: "lock" });
    const lacking = entriesAfter(root.log, before);
    expect(lacking).toEqual(bytesOf(root).slice(-2));
    expect(entriesAfter(root.log, heads(root.log))).toEqual([]);
    expect(entriesAfter(root.log, [])).toEqual(bytesOf(root));
    expect(entriesAfter(root.log, [new Uint8Array(32)])).toEqual(bytesOf(root));
    one.write({ type: "device", fingerprint: fingerprint() });
    expect(entriesAfter(root.log, [...before, ...heads(one.log)])).toEqual(lacking);
  });
});

describe("meeting codes", () => {
  it("are 30 digits, equal for equal logs, and change with every entry", () => {
    const [root, one] = meetingOf(2);
    if (one === undefined) throw new Error("too few");
    const code = meetingCode(root.log);
    expect(code).toMatch(/^[0-9]{30}$/);
    expect(meetingCode(one.log)).toBe(code);
    one.write({ type: "device", fingerprint: fingerprint() });
    expect(meetingCode(one.log)).not.toBe(code);
    root.hearAllOf(one);
    expect(meetingCode(root.log)).toBe(meetingCode(one.log));
  });

  it("differ on the two sides of somebody between, who is in both rosters", () => {
    const root = starter();
    const between = new Person(root.key.publicKey);
    const victim = new Person(root.key.publicKey);
    const pretended = new Person(root.key.publicKey);
    root.admit(between, root.capability());
    const forVictim = new Person(root.key.publicKey);
    forVictim.hearAllOf(root);
    root.admit(pretended, root.capability());
    between.log = forVictim.log;
    between.admit(victim, root.capability());
    expect(meetingCode(root.log)).not.toBe(meetingCode(between.log));
    for (const person of [root, between]) expect(person.members).toContain(between.id);
  });

  it("of a pair are the same for both and of nobody else", () => {
    const [a, b, c] = [new Person(), new Person(), new Person()];
    expect(safetyNumber(a.id, b.id)).toMatch(/^[0-9]{30}$/);
    expect(safetyNumber(a.id, b.id)).toBe(safetyNumber(b.id, a.id));
    expect(safetyNumber(a.id, c.id)).not.toBe(safetyNumber(a.id, b.id));
  });
});

describe("what outsiders see of a meeting", () => {
  const secret = new Secret("meeting-secret", new Uint8Array(32).fill(8));
  const DAY = 86_400_000;

  it("is one tag for each UTC day, and an id, none like another", () => {
    const midnight = Math.floor(NOW / DAY) * DAY;
    expect(rendezvousTag(secret, midnight)).toBe(rendezvousTag(secret, midnight + DAY - 1));
    expect(rendezvousTag(secret, midnight)).not.toBe(rendezvousTag(secret, midnight + DAY));
    expect(rendezvousTag(secret, midnight)).toMatch(/^[0-9a-f]{32}$/);
    const id = Buffer.from(deriveMeetingId(secret)).toString("hex");
    expect(id.length).toBe(64);
    expect(id).not.toContain(rendezvousTag(secret, midnight).slice(0, 8));
  });

  it("is another for another secret", () => {
    const other = new Secret("meeting-secret", new Uint8Array(32).fill(9));
    expect(deriveMeetingId(other)).not.toEqual(deriveMeetingId(secret));
    expect(rendezvousTag(other, NOW)).not.toBe(rendezvousTag(secret, NOW));
  });
});
