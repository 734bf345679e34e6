import { describe, expect, it } from "vitest";
import { advanceHandshake, type HandshakeState } from "../../core/keys/handshake.ts";
import { initiator, responder, step } from "../unit/keys/handshake-world.ts";

/** The same state with secrets of its own, to be advanced once more. */
function copyOf(state: HandshakeState): HandshakeState {
  const transcript = { hash: state.transcript.hash, chainKey: state.transcript.chainKey.copy() };
  if (state.step === "await-finish") return { ...state, transcript };
  const shared = { transcript, proofKey: state.proofKey.copy() };
  if (state.step === "await-hello") return { ...state, ...shared };
  const agreement = { ...state.agreement, secretKey: state.agreement.secretKey.copy() };
  return { ...state, ...shared, agreement, kem: { ...state.kem, secretKey: state.kem.secretKey.copy() } };
}

/** Alters every byte in turn, in a bit that wanders, and gives the codes of the errors that came. */
function codesOfAlterations(state: HandshakeState, message: Uint8Array): Set<string> {
  const codes = new Set<string>();
  for (let index = 0; index < message.length; index++) {
    const altered = message.slice();
    altered[index] = (altered[index] ?? 0) ^ (1 << (index % 8));
    const advanced = advanceHandshake(copyOf(state), altered);
    codes.add(advanced.ok ? `taken at ${index}` : advanced.error.code);
  }
  return codes;
}

describe("a handshake message altered in any one byte is refused", { timeout: 120_000 }, () => {
  const waiting = responder();
  const first = initiator();
  const second = step(copyOf(waiting), first.message);
  const third = step(copyOf(first.state), second.message);

  it("the first", () => {
    expect(codesOfAlterations(waiting, first.message)).toEqual(new Set(["handshake-malformed", "handshake-unproven"]));
  });

  it("the second", () => {
    const codes = codesOfAlterations(first.state, second.message ?? new Uint8Array());
    expect(codes).toEqual(new Set(["handshake-malformed", "handshake-unproven", "handshake-refused"]));
  });

  it("the third", () => {
    if (second.state === undefined) throw new Error("the handshake is over");
    const codes = codesOfAlterations(second.state, third.message ?? new Uint8Array());
    expect(codes).toEqual(new Set(["handshake-malformed", "handshake-refused"]));
  });

  it("though all three are taken unaltered", () => {
    if (second.state === undefined || third.message === undefined) throw new Error("the handshake is over");
    expect(advanceHandshake(copyOf(second.state), third.message).ok).toBe(true);
  });
});
