import type { MemberId } from "../base/member-id.ts";
import type { VigilError } from "../base/errors.ts";
import type { Secret } from "../base/secret.ts";
import type { AgreementKey } from "../crypto/agree.ts";
import type { KemKey } from "../crypto/kem.ts";
import type { RandomSource } from "../crypto/random-source.ts";
import type { SigningKey } from "../crypto/signing.ts";
import type { Channel } from "./channel.ts";
import type { Transcript } from "./transcript.ts";

export type HandshakeRole = "initiator" | "responder";

export interface HandshakeOptions {
  /** The side that opened the link is the initiator. */
  readonly role: HandshakeRole;
  readonly meetingSecret: Secret<"meeting-secret">;
  /** 32 bytes. */
  readonly meetingId: Uint8Array;
  /** libp2p peer ids of both ends, in text form, as the link has authenticated them. */
  readonly self: string;
  readonly peer: string;
  /** Not copied and not wiped by the handshake. */
  readonly signingKey: SigningKey;
  readonly random: RandomSource;
}

/** What both roles carry from message to message. */
export interface HandshakeBase {
  readonly signingKey: SigningKey;
  readonly random: RandomSource;
  readonly transcript: Transcript;
}

/** A handshake between two messages. A value is advanced once: its secrets are wiped by the advance, whatever came of it. */
export type HandshakeState =
  /** Responder, before the first message. */
  | (HandshakeBase & { readonly step: "await-hello"; readonly proofKey: Secret<"proof-key"> })
  /** Initiator, after its first message. */
  | (HandshakeBase & {
      readonly step: "await-answer";
      readonly proofKey: Secret<"proof-key">;
      readonly agreement: AgreementKey;
      readonly kem: KemKey;
    })
  /** Responder, after its answer. */
  | (HandshakeBase & { readonly step: "await-finish" });

export interface HandshakeOutcome {
  readonly channel: Channel;
  /** Who is at the other end: proven by signature. */
  readonly member: MemberId;
  /** The same as 32 bytes. */
  readonly memberKey: Uint8Array;
}

/** What an advance gives: the next state unless it is over, the message to send if there is one, the outcome once there is one. */
export interface HandshakeProgress {
  readonly state?: HandshakeState;
  readonly message?: Uint8Array;
  readonly outcome?: HandshakeOutcome;
}

/** All of them end the handshake without a word to the other side: close the link. */
export type HandshakeErrorCode =
  /** Not one of ours, of another version, or of a wrong length. */
  | "handshake-malformed"
  /** The other side does not know the meeting secret, or the message was altered, replayed, reflected or meant for others. */
  | "handshake-unproven"
  /** A key of the exchange is unusable, or what was sealed under the agreed keys does not open. */
  | "handshake-refused"
  /** The member key's signature does not cover this handshake. */
  | "handshake-forged"
  /** The other end uses our own member key. */
  | "handshake-self"
  /** This state was advanced before. */
  | "handshake-over";
export type HandshakeError = VigilError<HandshakeErrorCode>;
