import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VigilError } from "../../core/base/errors.ts";
import { Secret } from "../../core/base/secret.ts";
import { createChannel, openMessage } from "../../core/keys/channel.ts";
import { advanceHandshake } from "../../core/keys/handshake.ts";
import { decodeKeyMessage, encodeKeyMessage } from "../../core/keys/key-message.ts";
import { checkAdmissionRequest } from "../../core/membership/admission.ts";
import { readCapability } from "../../core/membership/capability.ts";
import { decodeEntry } from "../../core/membership/entry.ts";
import { merge } from "../../core/membership/log.ts";
import { decodeCbor, encodeCbor } from "../../core/wire/cbor.ts";
import { decodeInvite, encodeInvite, INVITE_PREFIX } from "../../core/wire/invite.ts";
import { responder } from "../unit/keys/handshake-world.ts";
import { bytesOf, MEETING, meetingOf } from "../unit/membership/world.ts";

const RUNS = { numRuns: 3_000 };

type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: unknown };

/** Any outcome but an error that is not ours; anything thrown fails the property by itself. */
function expectOurs(outcome: Outcome): void {
  if (!outcome.ok) expect(outcome.error).toBeInstanceOf(VigilError);
}

/** Bytes of any kind, and good ones with some of theirs changed, cut, repeated or put in. */
function hostile(good: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    at: fc.nat(),
    value: fc.nat({ max: 255 }),
    kind: fc.constantFrom("set", "cut", "insert", "repeat"),
  });
  const edited = fc
    .tuple(fc.constantFrom(...good), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([bytes, edits]) => {
      let changed = [...bytes];
      for (const { at, value, kind } of edits) {
        const index = changed.length === 0 ? 0 : at % changed.length;
        if (kind === "set") changed[index] = value;
        else if (kind === "cut") changed = changed.slice(0, index);
        else if (kind === "insert") changed.splice(index, 0, value);
        else changed.splice(index, 0, ...changed.slice(index, index + 40));
      }
      return Uint8Array.from(changed);
    });
  return fc.oneof(fc.uint8Array({ maxLength: 300 }), edited);
}

const people = meetingOf(2);
const entries = bytesOf(people[0]);
const capability = people[0].capability({ label: "for the choir" });
const link = encodeInvite({
  meetingSecret: new Secret("meeting-secret", new Uint8Array(32).fill(3)),
  root: people[0].key.publicKey,
  capability,
  addresses: ["/ip4/10.0.0.1/tcp/4001/p2p/12D3KooW", "/ip4/10.0.0.1/tcp/4002/ws/p2p/12D3KooW"],
});

describe("decoders under random and altered input", { timeout: 120_000 }, () => {
  it("CBOR gives back what it reads, byte for byte", () => {
    const good = [encodeCbor([1, "a", new Map([["k", [null, true]]]), Uint8Array.of(1, 2)]), encodeCbor([-1, 2 ** 40])];
    const check = (bytes: Uint8Array): void => {
      const decoded = decodeCbor(bytes, { maxBytes: 1000 });
      expectOurs(decoded);
      if (decoded.ok) expect(encodeCbor(decoded.value)).toEqual(bytes);
    };
    fc.assert(fc.property(hostile(good), check), RUNS);
  });

  it("CBOR of random shapes comes back equal", () => {
    const leaf = fc.oneof(
      fc.maxSafeInteger(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.uint8Array({ maxLength: 20 }),
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie("value"), { maxLength: 5 })),
    }));
    fc.assert(
      fc.property(value, (item) => {
        const decoded = decodeCbor(encodeCbor(item), { maxBytes: 100_000 });
        expect(decoded.ok && decoded.value).toEqual(item);
      }),
      { numRuns: 500 },
    );
  });

  it("invites", () => {
    const good = link.ok ? link.value : "";
    const texts = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.base64String({ maxLength: 300 }).map((text) => INVITE_PREFIX + text),
      fc
        .tuple(fc.nat({ max: good.length }), fc.string({ maxLength: 5 }), fc.nat({ max: 9 }))
        .map(([at, text, drop]) => good.slice(0, at) + text + good.slice(at + drop)),
    );
    const check = (text: string): void => {
      const decoded = decodeInvite(text);
      expectOurs(decoded);
      if (decoded.ok) expect(text.trim()).toBe(good);
    };
    fc.assert(fc.property(texts, check), RUNS);
  });

  it("log entries, and no altered one is ever merged", () => {
    const known = new Set(entries.map(String));
    const check = (bytes: Uint8Array): void => {
      expectOurs(decodeEntry(bytes, MEETING));
      if (known.has(String(bytes))) return;
      const merged = merge(people[0].log, [bytes]);
      expect(merged.added).toEqual([]);
      expect(merged.log.pending.size).toBe(0);
    };
    fc.assert(fc.property(hostile(entries), check), { numRuns: 500 });
  });

  it("capabilities and admission requests", () => {
    const request = people[1]?.request() ?? new Uint8Array();
    const check = (bytes: Uint8Array): void => {
      const read = readCapability(bytes, MEETING);
      const checked = checkAdmissionRequest(bytes, MEETING);
      expectOurs(read);
      expectOurs(checked);
      if (read.ok) expect(bytes).toEqual(capability);
      if (checked.ok) expect(bytes).toEqual(request);
    };
    fc.assert(fc.property(hostile([capability, request]), check), { numRuns: 500 });
  });

  it("handshake messages", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1400 }), (bytes) => {
        const advanced = advanceHandshake(responder(), bytes);
        expectOurs(advanced);
        expect(advanced.ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("channel messages", () => {
    const key = (fill: number): Secret<"channel-key"> => new Secret("channel-key", new Uint8Array(32).fill(fill));
    const channel = createChannel(key(1), key(2));
    const check = (bytes: Uint8Array): void => {
      expect(openMessage(channel, bytes).ok).toBe(false);
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check), RUNS);
  });

  it("key messages", () => {
    const good = [
      encodeKeyMessage({ type: "key", epoch: 7, baseKey: new Uint8Array(32).fill(1) }),
      encodeKeyMessage({ type: "ack", epoch: 0xffff_ffff }),
    ];
    const check = (bytes: Uint8Array): void => {
      const decoded = decodeKeyMessage(bytes);
      if (decoded !== null) expect(encodeKeyMessage(decoded)).toEqual(bytes);
    };
    fc.assert(fc.property(hostile(good), check), RUNS);
  });
});
