import { describe, expect, it } from "vitest";
import { concat } from "../../../core/base/bytes.ts";
import { personaIdOf } from "../../../core/base/persona-id.ts";
import { createCertificate, readCertificate } from "../../../core/persona/certificate.ts";
import { encodeCbor } from "../../../core/wire/cbor.ts";
import { personaKey } from "./samples.ts";

const persona = personaKey(1);
const meetingId = new Uint8Array(32).fill(1);
const memberKey = personaKey(2).publicKey;
const here = { meetingId, memberKey };
const good = createCertificate({ key: persona, name: "Ada" }, here);
const code = (bytes: Uint8Array, expected = here): string => {
  const read = readCertificate(bytes, expected);
  return read.ok ? "ok" : read.error.code;
};

/** The same statement with something else in it, signed by whoever. */
function statement(parts: readonly unknown[], key = persona, label = "persona certificate"): Uint8Array {
  const signed = encodeCbor(parts);
  return concat(signed, key.sign(label, signed));
}
const parts = [1, persona.publicKey, memberKey, meetingId, "Ada"] as const;

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
/** The other spelling of S, which lenient verifiers take. */
function secondForm(bytes: Uint8Array): Uint8Array {
  const s = bytes.subarray(-32);
  let value = ORDER;
  s.forEach((byte, index) => (value += BigInt(byte) << BigInt(8 * index)));
  return concat(
    bytes.subarray(0, -32),
    Uint8Array.from(s, (_, index) => Number((value >> BigInt(8 * index)) & 255n)),
  );
}

describe("a persona's certificate", () => {
  it("tells the persona and its name to the channel of the member it certifies", () => {
    expect(statement(parts)).toEqual(good);
    expect(readCertificate(good, here)).toEqual({
      ok: true,
      value: { id: personaIdOf(persona.publicKey), name: "Ada" },
    });
    expect(good.length).toBeLessThan(200);
  });

  it("is worth nothing in another meeting, for another member, or under another persona's key", () => {
    expect(code(good, { ...here, meetingId: new Uint8Array(32).fill(2) })).toBe("persona-of-another-meeting");
    expect(code(good, { ...here, memberKey: personaKey(3).publicKey })).toBe("persona-of-another-member");
    const other = personaKey(4);
    expect(code(statement(parts, other))).toBe("persona-forged");
    expect(code(statement([1, other.publicKey, memberKey, meetingId, "Ada"]))).toBe("persona-forged");
  });

  it("counts only under its own label, with the very name that was signed", () => {
    expect(code(statement(parts, persona, "log entry"))).toBe("persona-forged");
    const renamed = encodeCbor([1, persona.publicKey, memberKey, meetingId, "Eve"]);
    expect(code(concat(renamed, good.subarray(-64)))).toBe("persona-forged");
  });

  it("refuses a second form of the signature and a key of small order", () => {
    expect(code(secondForm(good))).toBe("persona-forged");
    const small = new Uint8Array(32);
    small[0] = 1;
    const everything = concat(encodeCbor([1, small, memberKey, meetingId, "Ada"]), small, new Uint8Array(32));
    expect(code(everything)).toBe("persona-forged");
  });

  it.each([
    ["another version", [2, ...parts.slice(1)]],
    ["a field too many", [...parts, 0]],
    ["a field too few", parts.slice(0, 4)],
    ["a short key", [1, new Uint8Array(31), memberKey, meetingId, "Ada"]],
    ["a name that is no text", [1, persona.publicKey, memberKey, meetingId, 7]],
    ["a name too long", [1, persona.publicKey, memberKey, meetingId, "x".repeat(65)]],
    ["nested arrays", [1, persona.publicKey, memberKey, meetingId, ["Ada"]]],
  ])("refuses %s", (_what, value) => {
    expect(code(statement(value))).toBe("persona-malformed");
  });

  it("refuses what is cut, too large, or in another encoding", () => {
    for (let length = 0; length < good.length; length++) {
      expect(code(good.subarray(0, length))).not.toBe("ok");
    }
    expect(code(new Uint8Array(513))).toBe("persona-malformed");
    // The version in two bytes: the same number, not the same bytes.
    const long = concat(good.subarray(0, 1), Uint8Array.of(0x18, 1), good.subarray(2, -64));
    expect(code(concat(long, persona.sign("persona certificate", long)))).toBe("persona-malformed");
  });

  it("is not made with a name that nobody would take", () => {
    expect(() => createCertificate({ key: persona, name: "x".repeat(65) }, here)).toThrow("persona-name-too-long");
  });
});
