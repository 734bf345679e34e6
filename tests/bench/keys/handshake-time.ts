import { randomBytes } from "node:crypto";
import { Secret } from "../../../core/base/secret.ts";
import { SigningKey } from "../../../core/crypto/signing.ts";
import { advanceHandshake, type HandshakeProgress, startHandshake } from "../../../core/keys/handshake.ts";

const WARM_UP = 20;
const random = { bytes: (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(length)) };

/** Processor time of whole handshakes, both sides together, in ms each. */
export function handshakeTimes(count: number): number[] {
  const keys = { initiator: SigningKey.generate(random), responder: SigningKey.generate(random) };
  for (let round = 0; round < WARM_UP; round++) shakeHands(keys);
  return Array.from({ length: count }, () => {
    const before = process.cpuUsage();
    shakeHands(keys);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
}

function shakeHands(keys: { readonly initiator: SigningKey; readonly responder: SigningKey }): void {
  const secret = random.bytes(32);
  const meetingId = random.bytes(32);
  const start = (role: "initiator" | "responder") => {
    const [self, peer] = role === "initiator" ? ["one", "other"] : ["other", "one"];
    const meetingSecret = new Secret("meeting-secret", secret.slice());
    return startHandshake({ role, self, peer, meetingSecret, meetingId, signingKey: keys[role], random });
  };
  const initiator = start("initiator");
  const responder = start("responder");
  const answered = advance(responder.state, initiator.message);
  const finished = advance(initiator.state, answered.message);
  const concluded = advance(answered.state, finished.message);
  if (finished.outcome === undefined || concluded.outcome === undefined)
    throw new Error("the handshake has no outcome");
}

function advance(state: HandshakeProgress["state"], message: Uint8Array | undefined): HandshakeProgress {
  if (state === undefined || message === undefined) throw new Error("the handshake stopped half way");
  const advanced = advanceHandshake(state, message);
  if (!advanced.ok) throw advanced.error;
  return advanced.value;
}
