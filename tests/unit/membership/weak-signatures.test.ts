import { describe, expect, it } from "vitest";
import { concat } from "../../../core/base/bytes.ts";
import { checkAdmissionRequest } from "../../../core/membership/admission.ts";
import { readCapability } from "../../../core/membership/capability.ts";
import { encodeCbor } from "../../../core/wire/cbor.ts";
import { bytesOf, MEETING, meetingOf, NOW, Person, starter } from "./world.ts";

/** The neutral point: as a key it takes one signature for every message, where a library does not look. */
const WEAK_KEY = Uint8Array.of(1, ...new Array<number>(31).fill(0));
const FITS_ALL = concat(WEAK_KEY, new Uint8Array(32));
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The same signature with another number that stands for its S. */
function malleated(signed: Uint8Array): Uint8Array {
  const s = signed.subarray(signed.length - 32);
  const sum = s.reduce((value, byte, index) => value + (BigInt(byte) << BigInt(8 * index)), ORDER);
  const other = s.map((_, index) => Number((sum >> BigInt(8 * index)) & 255n));
  return concat(signed.subarray(0, signed.length - 32), other);
}

describe("a member key of small order", () => {
  it("asks for no admission, issues no invite and writes no entry", () => {
    const fingerprint = new Uint8Array(32);
    expect(checkAdmissionRequest(concat(WEAK_KEY, fingerprint, FITS_ALL), MEETING).ok).toBe(false);
    const claim = encodeCbor([1, new Uint8Array(16), WEAK_KEY, NOW + 1, 0, ""]);
    expect(readCapability(concat(claim, FITS_ALL), MEETING).ok).toBe(false);
    const root = starter();
    const parents = root.log.entries.map(({ id }) => Uint8Array.from(Buffer.from(id, "hex")));
    const entry = encodeCbor([1, MEETING, WEAK_KEY, parents, NOW, [3]]);
    expect(root.hear(concat(entry, FITS_ALL))).toEqual(["entry-forged"]);
  });
});

describe("a signature in its second form", () => {
  it("is none: not of an entry, of a request, nor of an invite", () => {
    const [root] = meetingOf(2);
    const other = new Person(root.key.publicKey);
    expect(other.hear(...bytesOf(root).map(malleated))).toEqual(["entry-forged", "entry-forged"]);
    expect(other.hear(...bytesOf(root))).toEqual([]);
    expect(checkAdmissionRequest(malleated(root.request()), MEETING).ok).toBe(false);
    expect(readCapability(malleated(root.capability()), MEETING).ok).toBe(false);
  });
});
