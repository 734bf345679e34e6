import { describe, expect, it } from "vitest";
import { concat } from "../../../core/base/bytes.ts";
import { createRecordName, readRecordName } from "../../../core/membership/record-name.ts";
import { encodeCbor } from "../../../core/wire/cbor.ts";
import { MEETING, meetingOf } from "./world.ts";

const [anna, ben] = meetingOf(2);
if (ben === undefined) throw new Error("nobody");
const good = createRecordName({ meetingId: MEETING, key: anna.key, name: "Anna" });
const parts = [1, MEETING, anna.key.publicKey, "Anna"] as const;

/** The same statement with something else in it, signed by whoever. */
function statement(fields: readonly unknown[], key = anna.key, label = "record name"): Uint8Array {
  const signed = encodeCbor(fields);
  return concat(signed, key.sign(label, signed));
}

function code(bytes: Uint8Array, meetingId = MEETING): string {
  const read = readRecordName(bytes, meetingId);
  return read.ok ? "ok" : read.error.code;
}

describe("a member's word that its name may stand in records", () => {
  it("tells whose name it is, and is what the protocol says byte by byte", () => {
    expect(readRecordName(good, MEETING)).toEqual({ ok: true, value: { member: anna.id, name: "Anna" } });
    expect(good).toEqual(statement(parts));
  });

  it("is worth nothing in another meeting, under another's key or another label, or with another name", () => {
    expect(code(good, new Uint8Array(32))).toBe("record-name-of-another-meeting");
    expect(code(statement(parts, ben.key))).toBe("record-name-forged");
    expect(code(statement(parts, anna.key, "persona certificate"))).toBe("record-name-forged");
    const renamed = encodeCbor([1, MEETING, anna.key.publicKey, "Anne"]);
    expect(code(concat(renamed, good.subarray(-64)))).toBe("record-name-forged");
  });

  it.each([
    ["another version", [2, ...parts.slice(1)]],
    ["a field too many", [...parts, 0]],
    ["a field too few", parts.slice(0, 3)],
    ["a short key", [1, MEETING, anna.key.publicKey.subarray(1), "Anna"]],
    ["a short meeting id", [1, MEETING.subarray(1), anna.key.publicKey, "Anna"]],
    ["a name that is no text", [1, MEETING, anna.key.publicKey, 7]],
    ["no name", [1, MEETING, anna.key.publicKey, ""]],
    ["a name too long", [1, MEETING, anna.key.publicKey, "x".repeat(65)]],
    ["nested arrays", [1, MEETING, anna.key.publicKey, ["Anna"]]],
  ])("is refused with %s", (_what, fields) => {
    expect(code(statement(fields))).toBe("record-name-malformed");
  });

  it("is refused when it is cut, or too large", () => {
    for (let length = 0; length < good.length; length++) expect(code(good.subarray(0, length))).not.toBe("ok");
    expect(code(new Uint8Array(513))).toBe("record-name-malformed");
    const longest = createRecordName({ meetingId: MEETING, key: anna.key, name: "\u4f1a".repeat(64) });
    expect(code(longest)).toBe("ok");
  });

  it("is not made of a name that nobody would take", () => {
    for (const name of ["", "x".repeat(65)]) {
      expect(() => createRecordName({ meetingId: MEETING, key: anna.key, name })).toThrow("record-name-unfit");
    }
  });
});
