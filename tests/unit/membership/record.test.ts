import { describe, expect, it } from "vitest";
import { memberKeyOf } from "../../../core/base/member-id.ts";
import { createRecord, readRecord } from "../../../core/membership/record.ts";
import { createRecordName } from "../../../core/membership/record-name.ts";
import { actsOf } from "../../../core/membership/roster.ts";
import { encodeCbor } from "../../../core/wire/cbor.ts";
import { concat } from "../../../core/base/bytes.ts";
import { meetingOf, MEETING, NOW, type Person, share } from "./world.ts";

const nameOf = (person: Person, name = "Anna"): Uint8Array =>
  createRecordName({ meetingId: MEETING, key: person.key, name });

function recordOf(person: Person, names = [nameOf(person)]): Uint8Array {
  const made = createRecord({ log: person.log, key: person.key, time: NOW, names });
  if (!made.ok) throw made.error;
  return made.value;
}

/** A record that says anything at all, well signed by this person. */
function forged(
  by: Person,
  fields: { entries?: readonly Uint8Array[]; root?: Uint8Array; names?: unknown },
): Uint8Array {
  const entries = fields.entries ?? by.log.entries.map(({ bytes }) => bytes);
  const root = fields.root ?? memberKeyOf(by.log.root);
  const claim = encodeCbor([1, MEETING, root, by.key.publicKey, NOW, fields.names ?? [], entries]);
  return concat(claim, by.key.sign("meeting record", claim));
}

function codeOf(bytes: Uint8Array): string {
  const read = readRecord(bytes);
  return read.ok ? "ok" : read.error.code;
}

describe("a record of a meeting", () => {
  it("tells everybody who holds it what was done, by whom, and why", () => {
    const [anna, ben, cleo] = meetingOf(3);
    if (ben === undefined || cleo === undefined) throw new Error("nobody");
    anna.write({ type: "grant", member: ben.id });
    ben.hearAllOf(anna);
    ben.write({ type: "remove", member: cleo.id, reason: "shouts" });
    ben.write({ type: "policy", policy: { admission: "knock-any", removal: "moderators" } });
    const read = readRecord(recordOf(ben, [nameOf(ben, "Ben")]));
    if (!read.ok) throw new Error(read.error.code);
    expect(read.value).toMatchObject({ by: ben.id, time: NOW });
    expect([...read.value.names]).toEqual([[ben.id, "Ben"]]);
    expect(actsOf(read.value.log).map(({ kind, by, about, text }) => ({ kind, by, about, text }))).toEqual([
      { kind: "created", by: anna.id, about: anna.id, text: "" },
      { kind: "admission-invite", by: anna.id, about: anna.id, text: "" },
      { kind: "removal-moderators", by: anna.id, about: anna.id, text: "" },
      { kind: "inviting-members", by: anna.id, about: anna.id, text: "" },
      { kind: "admitted", by: anna.id, about: ben.id, text: "" },
      { kind: "admitted", by: anna.id, about: cleo.id, text: "" },
      { kind: "appointed", by: anna.id, about: ben.id, text: "" },
      { kind: "removed", by: ben.id, about: cleo.id, text: "shouts" },
      { kind: "admission-knock-any", by: ben.id, about: ben.id, text: "" },
    ]);
  });

  it("leaves out what did not count", () => {
    const [anna, ben] = meetingOf(2);
    if (ben === undefined) throw new Error("nobody");
    ben.write({ type: "lock" });
    share([anna, ben]);
    const read = readRecord(recordOf(anna));
    expect(read.ok && actsOf(read.value.log).some(({ kind }) => kind === "locked")).toBe(false);
  });

  it("is refused when a byte of it was changed", () => {
    const [anna] = meetingOf(2);
    const record = recordOf(anna);
    for (const place of [40, 90, record.length - 200, record.length - 1]) {
      const altered = record.slice();
      altered[place] = (altered[place] ?? 0) ^ 1;
      expect(codeOf(altered)).not.toBe("ok");
    }
    expect(codeOf(record.subarray(0, record.length - 1))).not.toBe("ok");
    expect(codeOf(record)).toBe("ok");
  });

  it("is refused when its maker left an entry out, took one of another meeting, or names another root", () => {
    const [anna, ben] = meetingOf(3);
    if (ben === undefined) throw new Error("nobody");
    const entries = anna.log.entries.map(({ bytes }) => bytes);
    expect(codeOf(forged(anna, { entries: entries.slice(1) }))).toBe("record-broken");
    expect(codeOf(forged(anna, { entries: [...entries, ...entries.slice(0, 1)] }))).toBe("record-broken");
    const tampered = entries.map((bytes, index) => (index === 1 ? bytes.with(bytes.length - 70, 9) : bytes));
    expect(codeOf(forged(anna, { entries: tampered }))).toBe("record-broken");
    expect(codeOf(forged(ben, { root: ben.key.publicKey }))).toBe("record-broken");
    expect(codeOf(forged(ben, {}))).toBe("ok");
  });

  it("is refused from somebody who was never in the meeting", () => {
    const [anna] = meetingOf(2);
    const [stranger] = meetingOf(1);
    stranger.log = anna.log;
    expect(codeOf(forged(stranger, {}))).toBe("record-a-strangers");
  });

  it("is refused with a name that its bearer has not signed, whoever made the record", () => {
    const [anna, ben] = meetingOf(2);
    const [stranger] = meetingOf(1);
    if (ben === undefined) throw new Error("nobody");
    const [claim, signature] = [encodeCbor([1, MEETING, ben.key.publicKey, "Ben"]), new Uint8Array(64)];
    const inventions = {
      "nobody's signature": concat(claim, signature),
      "the maker's own signature": concat(claim, anna.key.sign("record name", claim)),
      "a name changed afterwards": concat(
        encodeCbor([1, MEETING, ben.key.publicKey, "Bob"]),
        nameOf(ben, "Ben").subarray(-64),
      ),
      "what was signed for another meeting": createRecordName({
        meetingId: new Uint8Array(32),
        key: ben.key,
        name: "Ben",
      }),
      "somebody who was never there": nameOf(stranger, "Eve"),
      "no statement": new Uint8Array(100),
    };
    for (const [what, statement] of Object.entries(inventions)) {
      expect(codeOf(forged(anna, { names: [statement] })), what).toBe("record-name-invented");
    }
    expect(codeOf(forged(anna, { names: [nameOf(ben, "Ben"), nameOf(ben, "Bob")] }))).toBe("record-name-invented");
    expect(codeOf(forged(anna, { names: [nameOf(ben, "Ben"), nameOf(anna)] }))).toBe("ok");
  });

  it("is refused with names beyond every limit, or anything else in their place", () => {
    const [anna] = meetingOf(2);
    const tooMany = Array(20_001).fill(new Uint8Array());
    for (const names of [[new Uint8Array(513)], [new Uint8Array(1_000_000)], ["Anna"], [[]], "names", tooMany]) {
      expect(codeOf(forged(anna, { names }))).toBe("record-malformed");
    }
    expect(codeOf(new Uint8Array(33 * 1024 * 1024))).toBe("record-malformed");
    expect(codeOf(new Uint8Array())).toBe("record-malformed");
  });

  it("is not made larger than anybody would read it", () => {
    const [anna] = meetingOf(1);
    const names = Array(70_000).fill(new Uint8Array(500));
    const made = createRecord({ log: anna.log, key: anna.key, time: NOW, names });
    expect(made).toMatchObject({ ok: false, error: { code: "record-too-long" } });
  });
});
