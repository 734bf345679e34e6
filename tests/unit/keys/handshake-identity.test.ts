import { describe, expect, it } from "vitest";
import type { SigningKey } from "../../../core/crypto/signing.ts";
import { codeOf, initiator, initiatorKey, responder, responderKey, step } from "./handshake-world.ts";

/** Somebody who has the meeting secret and says that another's member key is theirs. */
function pretending(victim: SigningKey, own: SigningKey): SigningKey {
  const liar = { publicKey: victim.publicKey, sign: own.sign.bind(own), wipe: () => undefined };
  return liar as unknown as SigningKey;
}

describe("a handshake under somebody else's member key", () => {
  it("is refused by the responder", () => {
    const { state, message } = initiator({ signingKey: pretending(initiatorKey, responderKey) });
    const answered = step(responder({ signingKey: responderKey }), message);
    const finished = step(state, answered.message);
    expect(codeOf(answered.state, finished.message)).toBe("handshake-forged");
  });

  it("is refused by the initiator", () => {
    const { state, message } = initiator();
    const answered = step(responder({ signingKey: pretending(responderKey, initiatorKey) }), message);
    expect(codeOf(state, answered.message)).toBe("handshake-forged");
  });
});
