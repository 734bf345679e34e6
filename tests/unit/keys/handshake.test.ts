import { describe, expect, it } from "vitest";
import { concat, toHex, utf8 } from "../../../core/base/bytes.ts";
import { memberIdOf } from "../../../core/base/member-id.ts";
import { createAgreementKey } from "../../../core/crypto/agree.ts";
import { derive, mac } from "../../../core/crypto/hash.ts";
import { createKemKey } from "../../../core/crypto/kem.ts";
import { openMessage, sealMessage } from "../../../core/keys/channel.ts";
import { ANSWER_BYTES, FINISH_BYTES, headOf, HELLO_BYTES, writeOffer } from "../../../core/keys/handshake-messages.ts";
import { advanceHandshake, wipeHandshake } from "../../../core/keys/handshake.ts";
import { startTranscript } from "../../../core/keys/transcript.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { codeOf, initiator, initiatorKey, MEETING, responder, responderKey, secret, step } from "./handshake-world.ts";

const random = seededRandom(6);

function flipped(message: Uint8Array, index: number): Uint8Array {
  const altered = message.slice();
  altered[index] = (altered[index] ?? 0) ^ 1;
  return altered;
}

describe("the handshake", () => {
  it("gives both sides a channel and each other's member key in three messages of fixed length", () => {
    const first = initiator();
    const second = step(responder(), first.message);
    const third = step(first.state, second.message);
    const last = step(second.state, third.message);
    expect([first.message.length, second.message?.length, third.message?.length]).toEqual([1282, 1298, 114]);
    expect([HELLO_BYTES, ANSWER_BYTES, FINISH_BYTES]).toEqual([1282, 1298, 114]);
    expect(third.outcome?.member).toBe(memberIdOf(responderKey.publicKey));
    expect(last.outcome?.member).toBe(memberIdOf(initiatorKey.publicKey));
    expect(third.state).toBeUndefined();
    expect(last.state).toBeUndefined();
    if (third.outcome === undefined || last.outcome === undefined) throw new Error("no outcome");
    const sealed = sealMessage(third.outcome.channel, utf8("hello"));
    const opened = openMessage(last.outcome.channel, sealed.message);
    expect(opened.ok && opened.value.plaintext).toEqual(utf8("hello"));
    const back = sealMessage(last.outcome.channel, utf8("hello yourself"));
    expect(openMessage(third.outcome.channel, back.message).ok).toBe(true);
  });

  it("shows no member key", () => {
    const first = initiator();
    const second = step(responder(), first.message);
    const third = step(first.state, second.message);
    const said = [first.message, second.message, third.message].map((message) => toHex(message ?? new Uint8Array()));
    for (const key of [initiatorKey.publicKey, responderKey.publicKey, MEETING]) {
      expect(said.join()).not.toContain(toHex(key).slice(0, 16));
    }
  });

  it.each([
    ["another meeting secret", { meetingSecret: secret(random.bytes(32)) }, "handshake-unproven"],
    ["another meeting", { meetingId: random.bytes(32) }, "handshake-unproven"],
    ["another initiator", { peer: "peer-x" }, "handshake-unproven"],
    ["another responder", { self: "peer-x" }, "handshake-unproven"],
  ])("is refused by a responder of %s", (_, change, code) => {
    expect(codeOf(responder(change), initiator().message)).toBe(code);
  });

  it("is refused when an answer was made for another handshake", () => {
    const mine = initiator();
    const other = step(responder(), initiator().message);
    expect(codeOf(mine.state, other.message)).toBe("handshake-unproven");
  });

  it("is refused when the first message comes back", () => {
    const { state, message } = initiator();
    expect(codeOf(state, message)).toBe("handshake-malformed");
  });

  it("is refused when an initiator's first message is sent to an initiator's peer as its own", () => {
    const { message } = initiator();
    expect(codeOf(responder({ self: "peer-i", peer: "peer-r" }), message)).toBe("handshake-unproven");
  });

  it("gets nowhere by a replayed first message", () => {
    const first = initiator();
    const once = step(responder(), first.message);
    const again = step(responder(), first.message);
    const third = step(first.state, once.message);
    expect(codeOf(again.state, third.message)).toBe("handshake-refused");
  });

  it("is refused in any other order", () => {
    const first = initiator();
    const second = step(responder(), first.message);
    const third = step(first.state, second.message);
    expect(codeOf(responder(), second.message)).toBe("handshake-malformed");
    expect(codeOf(responder(), third.message)).toBe("handshake-malformed");
    expect(codeOf(initiator().state, third.message)).toBe("handshake-malformed");
    expect(codeOf(second.state, second.message)).toBe("handshake-malformed");
  });

  it("is refused in another version", () => {
    const { message } = initiator();
    message[0] = 0;
    expect(codeOf(responder(), message)).toBe("handshake-malformed");
    message[0] = 2;
    expect(codeOf(responder(), message)).toBe("handshake-malformed");
  });

  it("is refused with oneself", () => {
    const first = initiator();
    const second = step(responder({ signingKey: initiatorKey }), first.message);
    expect(codeOf(first.state, second.message)).toBe("handshake-self");
  });

  it("is refused when a first or second message is cut or lengthened", () => {
    const first = initiator();
    for (const length of [0, 1, 2, 34, 1281]) {
      expect(codeOf(responder(), first.message.subarray(0, length))).toBe("handshake-malformed");
    }
    expect(codeOf(responder(), Uint8Array.of(...first.message, 0))).toBe("handshake-malformed");
  });

  it("cannot be advanced twice, and is over after an error", () => {
    const first = initiator();
    const waiting = responder();
    expect(codeOf(waiting, flipped(first.message, 2))).toBe("handshake-unproven");
    expect(codeOf(waiting, first.message)).toBe("handshake-over");
    const second = step(responder(), first.message);
    step(first.state, second.message);
    expect(codeOf(first.state, second.message)).toBe("handshake-over");
  });

  it("wipes what it used", () => {
    const first = initiator();
    const waiting = responder();
    const second = step(waiting, first.message);
    step(first.state, second.message);
    if (first.state.step !== "await-answer" || waiting.step !== "await-hello") throw new Error("another state");
    expect(first.state.agreement.secretKey.wiped).toBe(true);
    expect(first.state.kem.secretKey.wiped).toBe(true);
    expect(first.state.proofKey.wiped).toBe(true);
    expect(waiting.proofKey.wiped).toBe(true);
    const given = initiator().state;
    wipeHandshake(given);
    expect(codeOf(given, second.message)).toBe("handshake-over");
  });

  it("does one MAC and no public-key work for a message without proof", () => {
    let drawn = 0;
    const counted = { bytes: (length: number) => (drawn++, random.bytes(length)) };
    const state = responder({ random: counted });
    expect(advanceHandshake(state, flipped(initiator().message, 40)).ok).toBe(false);
    expect(drawn).toBe(0);
  });

  it.each([
    ["an X25519 key of small order", new Uint8Array(32), null],
    ["an ML-KEM key out of range", null, new Uint8Array(1184).fill(255)],
  ])("refuses %s behind a good proof", (_, agreementKey, kem) => {
    const proven = initiator().message.slice(34);
    const offer = concat(headOf("hello"), proven);
    if (agreementKey !== null) offer.set(agreementKey, 34);
    if (kem !== null) offer.set(kem, 66);
    const transcript = startTranscript({
      meetingSecret: secret(),
      meetingId: MEETING,
      initiatorPeer: "peer-i",
      responderPeer: "peer-r",
    });
    const proofKey = derive({ key: secret().reveal(), label: "handshake proof key", length: 32 });
    const proof = mac(proofKey, "handshake initiator proof", concat(transcript.hash, offer));
    expect(codeOf(responder(), writeOffer(offer, proof))).toBe("handshake-refused");
  });
});

describe("a recorded handshake, opened later by somebody who has the meeting secret", () => {
  function recorded() {
    const first = initiator();
    const answer = step(responder(), first.message).message;
    if (first.state.step !== "await-answer") throw new Error("another state");
    return { state: first.state, answer };
  }

  it("yields to both private keys of the initiator", () => {
    const { state, answer } = recorded();
    expect(codeOf(state, answer)).toBe("ok");
  });

  it("does not yield to the X25519 key alone", () => {
    const { state, answer } = recorded();
    expect(codeOf({ ...state, kem: createKemKey(random) }, answer)).toBe("handshake-refused");
  });

  it("does not yield to the ML-KEM key alone", () => {
    const { state, answer } = recorded();
    expect(codeOf({ ...state, agreement: createAgreementKey(random) }, answer)).toBe("handshake-refused");
  });
});
