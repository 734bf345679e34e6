import { Secret } from "../../../core/base/secret.ts";
import { SigningKey } from "../../../core/crypto/signing.ts";
import {
  advanceHandshake,
  type HandshakeOptions,
  type HandshakeProgress,
  type HandshakeState,
  startHandshake,
} from "../../../core/keys/handshake.ts";
import { seededRandom } from "../../support/seeded-random.ts";

const random = seededRandom(5);
const secretBytes = random.bytes(32);
export const MEETING = random.bytes(32);
export const initiatorKey = SigningKey.generate(random);
export const responderKey = SigningKey.generate(random);

export function secret(bytes: Uint8Array = secretBytes): Secret<"meeting-secret"> {
  return new Secret("meeting-secret", bytes.slice());
}

export function initiator(change: Partial<HandshakeOptions> = {}): { state: HandshakeState; message: Uint8Array } {
  const base = {
    role: "initiator",
    meetingSecret: secret(),
    meetingId: MEETING,
    self: "peer-i",
    peer: "peer-r",
  } as const;
  const { state, message } = startHandshake({ ...base, signingKey: initiatorKey, random, ...change });
  if (message === undefined) throw new Error("an initiator speaks first");
  return { state, message };
}

export function responder(change: Partial<HandshakeOptions> = {}): HandshakeState {
  const base = {
    role: "responder",
    meetingSecret: secret(),
    meetingId: MEETING,
    self: "peer-r",
    peer: "peer-i",
  } as const;
  return startHandshake({ ...base, signingKey: responderKey, random, ...change }).state;
}

/** Advances and expects it to go on. */
export function step(state: HandshakeState | undefined, message: Uint8Array | undefined): HandshakeProgress {
  if (state === undefined || message === undefined) throw new Error("the handshake is over");
  const advanced = advanceHandshake(state, message);
  if (!advanced.ok) throw advanced.error;
  return advanced.value;
}

/** The code of the error that an advance ends in, or "ok". */
export function codeOf(state: HandshakeState | undefined, message: Uint8Array | undefined): string {
  if (state === undefined || message === undefined) throw new Error("the handshake is over");
  const advanced = advanceHandshake(state, message);
  return advanced.ok ? "ok" : advanced.error.code;
}
