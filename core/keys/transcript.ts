import { concat, utf8 } from "../base/bytes.ts";
import { Secret } from "../base/secret.ts";
import { derive, hash } from "../crypto/hash.ts";

/** The running hash of all that was said, and the key that all secrets agreed so far are mixed into (after Noise's symmetric state). */
export interface Transcript {
  readonly hash: Uint8Array;
  readonly chainKey: Secret<"chain-key">;
}

interface TranscriptStart {
  readonly meetingSecret: Secret<"meeting-secret">;
  readonly meetingId: Uint8Array;
  readonly initiatorPeer: string;
  readonly responderPeer: string;
}

/** Begins with the meeting secret as the first key, and with meeting id and both peer ids in the hash. */
export function startTranscript(start: TranscriptStart): Transcript {
  const initiator = withLength(utf8(start.initiatorPeer));
  const responder = withLength(utf8(start.responderPeer));
  const begin = hash("handshake transcript", concat(start.meetingId, initiator, responder));
  const key = start.meetingSecret.reveal();
  const chainKey = derive({ key, salt: begin, label: "handshake chain", length: 32 });
  return { hash: begin, chainKey: new Secret("chain-key", chainKey) };
}

function withLength(bytes: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes);
}

/** Adds what was said to the hash. The chain key is the same object as before. */
export function mixHash(transcript: Transcript, said: Uint8Array): Transcript {
  return { ...transcript, hash: hash("handshake transcript", concat(transcript.hash, said)) };
}

/** Mixes agreed secrets into a new chain key and wipes the old one and them. */
export function mixKeys(transcript: Transcript, ...secrets: readonly Secret[]): Transcript {
  const key = concat(...secrets.map((secret) => secret.reveal()));
  const salt = transcript.chainKey.reveal();
  const chainKey = derive({ key, salt, label: "handshake chain", context: transcript.hash, length: 32 });
  key.fill(0);
  for (const secret of secrets) secret.wipe();
  transcript.chainKey.wipe();
  return { hash: transcript.hash, chainKey: new Secret("chain-key", chainKey) };
}

/** A key for one use, bound to all that was said so far. */
export function deriveKey<Name extends string>(transcript: Transcript, purpose: Name): Secret<Name> {
  const key = transcript.chainKey.reveal();
  const label = `handshake ${purpose}`;
  return new Secret(purpose, derive({ key, label, context: transcript.hash, length: 32 }));
}
