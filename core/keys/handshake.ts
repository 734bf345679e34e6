import { memberIdOf } from "../base/member-id.ts";
import { concat } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { err, ok, type Result } from "../base/result.ts";
import { Secret } from "../base/secret.ts";
import { agree, createAgreementKey } from "../crypto/agree.ts";
import { equal } from "../crypto/compare.ts";
import { derive, mac } from "../crypto/hash.ts";
import { createKemKey, decapsulate, encapsulate } from "../crypto/kem.ts";
import { createChannel } from "./channel.ts";
import { openIdentity, sealIdentity } from "./handshake-identity.ts";
import {
  HANDSHAKE_NONCE_BYTES,
  headOf,
  isMessage,
  readOffer,
  sealedOfFinish,
  splitAnswer,
  writeOffer,
} from "./handshake-messages.ts";
import type {
  HandshakeBase,
  HandshakeError,
  HandshakeErrorCode,
  HandshakeOptions,
  HandshakeOutcome,
  HandshakeProgress,
  HandshakeRole,
  HandshakeState,
} from "./handshake-state.ts";
import { deriveKey, mixHash, mixKeys, startTranscript, type Transcript } from "./transcript.ts";

export type { HandshakeOptions, HandshakeProgress, HandshakeState } from "./handshake-state.ts";

type StateAt<Step extends HandshakeState["step"]> = Extract<HandshakeState, { step: Step }>;
type Progress = Result<HandshakeProgress, HandshakeError>;

/** Begins a handshake. The initiator has a first message to send; the responder waits for it. */
export function startHandshake(options: HandshakeOptions): { state: HandshakeState; message?: Uint8Array } {
  const { role, meetingSecret, meetingId, signingKey, random } = options;
  const [initiatorPeer, responderPeer] =
    role === "initiator" ? [options.self, options.peer] : [options.peer, options.self];
  const transcript = startTranscript({ meetingSecret, meetingId, initiatorPeer, responderPeer });
  const proof = derive({ key: meetingSecret.reveal(), label: "handshake proof key", length: 32 });
  const proofKey = new Secret("proof-key", proof);
  const base = { signingKey, random, transcript };
  if (role === "responder") return { state: { ...base, step: "await-hello", proofKey } };
  const agreement = createAgreementKey(random);
  const kem = createKemKey(random);
  const nonce = random.bytes(HANDSHAKE_NONCE_BYTES);
  const proven = concat(headOf("hello"), nonce, agreement.publicKey, kem.publicKey);
  const message = writeOffer(proven, proofOf({ proofKey, transcript, role, proven }));
  const said = mixHash(transcript, message);
  return { state: { ...base, transcript: said, step: "await-answer", proofKey, agreement, kem }, message };
}

interface Proof {
  readonly proofKey: Secret<"proof-key">;
  readonly transcript: Transcript;
  readonly role: HandshakeRole;
  readonly proven: Uint8Array;
}

/** Shows knowledge of the meeting secret, for this role, these peers and everything said up to the end of this message's clear part. */
function proofOf({ proofKey, transcript, role, proven }: Proof): Uint8Array {
  return mac(proofKey.reveal(), `handshake ${role} proof`, concat(transcript.hash, proven));
}

/**
 * Takes the other side's next message. On any error the handshake is over, every secret of it wiped, and nothing is answered.
 * The responder does one MAC for a message without proof and nothing else.
 */
export function advanceHandshake(state: HandshakeState, message: Uint8Array): Progress {
  if (state.transcript.chainKey.wiped) return failed("handshake-over");
  const progress = advance(state, message);
  const next = progress.ok ? progress.value.state : undefined;
  if (next?.transcript.chainKey !== state.transcript.chainKey) state.transcript.chainKey.wipe();
  wipeOwn(state);
  return progress;
}

function advance(state: HandshakeState, message: Uint8Array): Progress {
  switch (state.step) {
    case "await-hello":
      return answer(state, message);
    case "await-answer":
      return finish(state, message);
    case "await-finish":
      return conclude(state, message);
  }
}

function answer(state: StateAt<"await-hello">, message: Uint8Array): Progress {
  if (!isMessage("hello", message)) return failed("handshake-malformed");
  const { proofKey, random, signingKey } = state;
  const hello = readOffer(message);
  const expected = proofOf({ proofKey, transcript: state.transcript, role: "initiator", proven: hello.proven });
  if (!equal(hello.proof, expected)) return failed("handshake-unproven");
  const heard = mixHash(state.transcript, message);
  const agreement = createAgreementKey(random);
  const agreed = agree(agreement.secretKey.reveal(), hello.agreementKey);
  const encapsulated = encapsulate(hello.kem, random);
  agreement.secretKey.wipe();
  if (agreed === null || encapsulated === null) {
    agreed?.wipe();
    encapsulated?.shared.wipe();
    return failed("handshake-refused");
  }
  const nonce = random.bytes(HANDSHAKE_NONCE_BYTES);
  const proven = concat(headOf("answer"), nonce, agreement.publicKey, encapsulated.ciphertext);
  const clear = writeOffer(proven, proofOf({ proofKey, transcript: heard, role: "responder", proven }));
  const mixed = mixKeys(mixHash(heard, clear), agreed, encapsulated.shared);
  const sealed = sealIdentity(mixed, "responder", signingKey);
  const said = mixHash(mixed, sealed);
  return ok({ state: { signingKey, random, transcript: said, step: "await-finish" }, message: concat(clear, sealed) });
}

function finish(state: StateAt<"await-answer">, message: Uint8Array): Progress {
  if (!isMessage("answer", message)) return failed("handshake-malformed");
  const { clear, sealed } = splitAnswer(message);
  const offer = readOffer(clear);
  const expected = proofOf({ ...state, role: "responder", proven: offer.proven });
  if (!equal(offer.proof, expected)) return failed("handshake-unproven");
  const agreed = agree(state.agreement.secretKey.reveal(), offer.agreementKey);
  const encapsulated = decapsulate(state.kem.secretKey, offer.kem);
  if (agreed === null || encapsulated === null) {
    agreed?.wipe();
    encapsulated?.wipe();
    return failed("handshake-refused");
  }
  const mixed = mixKeys(mixHash(state.transcript, clear), agreed, encapsulated);
  const ownKey = state.signingKey.publicKey;
  const identity = openIdentity(mixed, sealed, { role: "responder", ownKey });
  if (!identity.ok) {
    mixed.chainKey.wipe();
    return identity;
  }
  const heard = mixHash(mixed, sealed);
  const own = sealIdentity(heard, "initiator", state.signingKey);
  const finished = concat(headOf("finish"), own);
  const outcome = conclusion(mixHash(heard, finished), "initiator", identity.value);
  return ok({ message: finished, outcome });
}

function conclude(state: StateAt<"await-finish">, message: Uint8Array): Progress {
  if (!isMessage("finish", message)) return failed("handshake-malformed");
  const ownKey = state.signingKey.publicKey;
  const identity = openIdentity(state.transcript, sealedOfFinish(message), { role: "initiator", ownKey });
  if (!identity.ok) return identity;
  return ok({ outcome: conclusion(mixHash(state.transcript, message), "responder", identity.value) });
}

/** Derives the two keys of the channel and wipes what they came from. */
function conclusion(transcript: Transcript, role: HandshakeRole, memberKey: Uint8Array): HandshakeOutcome {
  const fromInitiator = new Secret("channel-key", deriveKey(transcript, "channel from initiator").reveal());
  const fromResponder = new Secret("channel-key", deriveKey(transcript, "channel from responder").reveal());
  transcript.chainKey.wipe();
  const channel =
    role === "initiator" ? createChannel(fromInitiator, fromResponder) : createChannel(fromResponder, fromInitiator);
  return { channel, member: memberIdOf(memberKey), memberKey };
}

function failed(code: HandshakeErrorCode): { ok: false; error: HandshakeError } {
  return err(new VigilError(code, "peer"));
}

/** Wipes what one step holds besides the chain key. */
function wipeOwn(state: HandshakeBase & HandshakeState): void {
  if (state.step === "await-finish") return;
  state.proofKey.wipe();
  if (state.step === "await-answer") {
    state.agreement.secretKey.wipe();
    state.kem.secretKey.wipe();
  }
}

/** Gives a handshake up and wipes what it holds. Safe to call twice. */
export function wipeHandshake(state: HandshakeState): void {
  state.transcript.chainKey.wipe();
  wipeOwn(state);
}
