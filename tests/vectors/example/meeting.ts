import { utf8 } from "../../../core/base/bytes.ts";
import { Secret } from "../../../core/base/secret.ts";
import { SigningKey } from "../../../core/crypto/signing.ts";
import { advanceHandshake, type HandshakeProgress, startHandshake } from "../../../core/keys/handshake.ts";
import { type Channel, openMessage, sealMessage } from "../../../core/keys/channel.ts";
import { deriveKey, mixHash, mixKeys, startTranscript, type Transcript } from "../../../core/keys/transcript.ts";
import { agree } from "../../../core/crypto/agree.ts";
import { createKemKey, decapsulate } from "../../../core/crypto/kem.ts";
import { derive } from "../../../core/crypto/hash.ts";
import { createAdmissionRequest } from "../../../core/membership/admission.ts";
import { issueCapability } from "../../../core/membership/capability.ts";
import { author, createLog, heads } from "../../../core/membership/log.ts";
import { meetingCode, safetyNumber } from "../../../core/membership/meeting-code.ts";
import { deriveMeetingId, rendezvousTag } from "../../../core/membership/meeting-id.ts";
import { entryIdBytes } from "../../../core/membership/ids.ts";
import { memberIdOf } from "../../../core/base/member-id.ts";
import { toHex } from "../../../core/base/bytes.ts";
import { createSenderKeys, stepSenderKeys } from "../../../core/keys/sender-keys.ts";
import { deriveFrameKeys, nonceFor } from "../../../core/sframe/key-schedule.ts";
import { keyIdOf } from "../../../core/sframe/key-id.ts";
import { createSealer } from "../../../core/sframe/sealer.ts";
import { AES_256_GCM_SHA512 } from "../../../core/sframe/suites.ts";
import { decodeChannelMessage, encodeChannelMessage } from "../../../core/wire/channel-messages.ts";
import { encodeInvite } from "../../../core/wire/invite.ts";
import { Draws } from "./draws.ts";
import type { Parts } from "./page.ts";

const PEERS = {
  initiator: "12D3KooWGuestGuestGuestGuestGuestGuestGuestGuestGuest",
  responder: "12D3KooWStarterStarterStarterStarterStarterStarterSta",
} as const;
const CREATED_AT = 1_800_000_000_000;
const ADMITTED_AT = CREATED_AT + 60_000;

const filled = (value: number, length = 32): Uint8Array<ArrayBuffer> => new Uint8Array(length).fill(value);
const secret = <Name extends string>(name: Name, bytes: Uint8Array): Secret<Name> => new Secret(name, bytes.slice());

/** What everything in the example follows from. */
const start = {
  meetingSecret: filled(0x01),
  starterSeed: filled(0x02),
  guestSeed: filled(0x03),
  starterFingerprint: filled(0x04),
  guestFingerprint: filled(0x05),
  capabilityId: filled(0x06, 16),
} as const;
const starter = SigningKey.generate(new Draws(0x02));
const guest = SigningKey.generate(new Draws(0x03));
const meetingSecret = secret("meeting-secret", start.meetingSecret);
const meetingId = deriveMeetingId(meetingSecret);

function beginning(): Parts {
  return {
    "what is chosen": {
      "meeting secret": start.meetingSecret,
      "starter's seed": start.starterSeed,
      "guest's seed": start.guestSeed,
      "starter's fingerprint": start.starterFingerprint,
      "guest's fingerprint": start.guestFingerprint,
    },
    "keys and ids": {
      "starter's key": starter.publicKey,
      "guest's key": guest.publicKey,
      "guest's member id": memberIdOf(guest.publicKey),
      "meeting id": meetingId,
      "rendezvous tag": rendezvousTag(meetingSecret, CREATED_AT),
    },
  };
}

const capability = issueCapability({
  signingKey: starter,
  meetingId,
  id: start.capabilityId,
  expiresAt: CREATED_AT + 24 * 60 * 60_000,
  uses: 5,
  label: "choir",
});

function invite(): Parts {
  const tail = `/p2p/${PEERS.responder}`;
  const addresses = [`/ip4/192.0.2.7/tcp/4001${tail}`, `/ip4/192.0.2.7/tcp/4002/ws${tail}`];
  const link = encodeInvite({ meetingSecret, root: starter.publicKey, capability, addresses });
  if (!link.ok) throw link.error;
  const [first = "", second = ""] = addresses;
  return {
    "the invite": { capability, "first address": first, "second address": second, link: link.value },
  };
}

interface Shaken {
  readonly parts: Parts;
  /** The guest's end and the starter's. */
  readonly channels: { readonly guest: Channel; readonly starter: Channel };
}

function handshake(): Shaken {
  const shared = { meetingSecret, meetingId };
  const initiator = startHandshake({
    ...shared,
    role: "initiator",
    self: PEERS.initiator,
    peer: PEERS.responder,
    signingKey: guest,
    random: new Draws(0x10),
  });
  const responder = startHandshake({
    ...shared,
    role: "responder",
    self: PEERS.responder,
    peer: PEERS.initiator,
    signingKey: starter,
    random: new Draws(0x20),
  });
  const hello = initiator.message ?? new Uint8Array();
  const answered = went(advanceHandshake(responder.state, hello));
  const answer = answered.message ?? new Uint8Array();
  const finished = went(advanceHandshake(initiator.state, answer));
  const finish = finished.message ?? new Uint8Array();
  const concluded = answered.state === undefined ? undefined : went(advanceHandshake(answered.state, finish));
  if (finished.outcome === undefined || concluded?.outcome === undefined) throw new Error("no outcome");
  const channels = { guest: finished.outcome.channel, starter: concluded.outcome.channel };
  return { parts: handshakeParts({ hello, answer, finish, channel: channels.guest }), channels };
}

function went(progress: ReturnType<typeof advanceHandshake>): HandshakeProgress {
  if (!progress.ok) throw progress.error;
  return progress.value;
}

interface Said {
  readonly hello: Uint8Array;
  readonly answer: Uint8Array;
  readonly finish: Uint8Array;
  /** The initiator's end. */
  readonly channel: Channel;
}

/** Goes along what was said and shows the hash and the keys at each point. */
function handshakeParts({ hello, answer, finish, channel }: Said): Parts {
  const begun = startTranscript({
    meetingSecret,
    meetingId,
    initiatorPeer: PEERS.initiator,
    responderPeer: PEERS.responder,
  });
  const chain = (transcript: Transcript): Uint8Array => transcript.chainKey.reveal().slice();
  const first = { h: begun.hash, ck: chain(begun) };
  const afterHello = mixHash(begun, hello);
  const sealed = answer.subarray(answer.length - 112);
  const clear = answer.subarray(0, answer.length - 112);
  const agreed = agree(filled(0x10), answer.subarray(66, 98)) ?? secret("agreed", filled(0));
  const kem = decapsulate(createKemKey(new Draws(0x11)).secretKey, answer.subarray(98, 1186));
  if (kem === null) throw new Error("no ciphertext");
  const secrets = { agreed: agreed.reveal().slice(), kem: kem.reveal().slice() };
  const mixed = mixKeys(mixHash(afterHello, clear), agreed, kem);
  const afterAnswer = mixHash(mixed, sealed);
  const over = mixHash(afterAnswer, finish);
  return {
    "before the handshake": {
      "initiator's peer id": PEERS.initiator,
      "responder's peer id": PEERS.responder,
      h: first.h,
      ck: first.ck,
      pk: derive({ key: start.meetingSecret, label: "handshake proof key", length: 32 }),
      "initiator's x25519 secret": filled(0x10),
      "initiator's ml-kem d and z": filled(0x11, 64),
      "initiator's nonce": filled(0x12),
      "responder's x25519 secret": filled(0x20),
      "responder's ml-kem m": filled(0x21),
      "responder's nonce": filled(0x22),
    },
    hello: { hello, h: afterHello.hash },
    answer: {
      answer,
      "h after the clear part": mixed.hash,
      "x25519 shared secret": secrets.agreed,
      "ml-kem shared secret": secrets.kem,
      ck: chain(mixed),
      "identity key": deriveKey(mixed, "responder identity").reveal(),
      h: afterAnswer.hash,
    },
    finish: {
      "identity key": deriveKey(afterAnswer, "initiator identity").reveal(),
      finish,
      h: over.hash,
      "channel from initiator": channel.sendKey.reveal().slice(),
      "channel from responder": channel.receiveKey.reveal().slice(),
    },
  };
}

function admission({ channels }: Shaken): Parts {
  const fingerprint = toHex(start.guestFingerprint);
  const request = createAdmissionRequest({ meetingId, signingKey: guest, fingerprint });
  const join = encodeChannelMessage({ type: "join", request, capability });
  const record = sealMessage(channels.guest, join).message;
  const opened = openMessage(channels.starter, record);
  if (!opened.ok || !decodeChannelMessage(opened.value.plaintext).ok) throw new Error("the record does not open");
  const created = author(createLog({ meetingId, root: starter.publicKey }), {
    key: starter,
    time: CREATED_AT,
    body: {
      type: "create",
      policy: { admission: "invite", removal: "moderators" },
      fingerprint: toHex(start.starterFingerprint),
    },
  });
  const admitted = author(created.log, {
    key: starter,
    time: ADMITTED_AT,
    body: { type: "admit", request, index: 1, capability },
  });
  const entries = encodeChannelMessage({ type: "entries", entries: [created.entry, admitted.entry] });
  const [head = new Uint8Array()] = heads(admitted.log);
  return {
    "asking to join": { "admission request": request, join, "record 0 from the initiator": record },
    "the log": {
      create: created.entry,
      "id of create": entryIdBytes(created.id),
      admit: admitted.entry,
      "id of admit": entryIdBytes(admitted.id),
      "the only head": head,
      "record 0 from the responder": sealMessage(channels.starter, entries).message,
    },
    "what people compare": {
      "meeting code": meetingCode(admitted.log),
      "safety number": safetyNumber(memberIdOf(starter.publicKey), memberIdOf(guest.publicKey)),
    },
  };
}

/** The starter's keys: one before anybody came, ratcheted for the guest, who is sent the result. */
function senderKeys(): { readonly parts: Parts; readonly baseKey: Uint8Array } {
  const context = { now: 0, random: new Draws(0x30) };
  const member = memberIdOf(guest.publicKey);
  const created = createSenderKeys(context);
  const joined = stepSenderKeys(created.state, { type: "recipients", added: [member], removed: [] }, context);
  const reached = stepSenderKeys(joined.state, { type: "reachable", member }, context);
  const delivered = reached.effects.flatMap((effect) => (effect.type === "deliver" ? [effect.bytes] : []));
  const installed = joined.effects.flatMap((effect) => (effect.type === "install-send" ? [effect] : []));
  const [message] = delivered;
  const [install] = installed;
  if (message === undefined || install?.epoch !== 2) throw new Error("nothing was handed out");
  const baseKey = install.baseKey.reveal().slice();
  const parts = {
    "sender keys": {
      "key of epoch 1": filled(0x30),
      "key of epoch 2": baseKey,
      "key message": message,
      "channel message": encodeChannelMessage({ type: "key", message }),
      acknowledgement: Uint8Array.of(3, 0, 0, 0, 2),
      "key of epoch 3": derive({
        key: baseKey,
        label: "sender key ratchet",
        context: Uint8Array.of(0, 0, 0, 3),
        length: 32,
      }),
    },
  };
  return { parts, baseKey };
}

/** The starter's first frame under the ratcheted key: a VP8 frame that is no key frame, of ten bytes. */
async function frame(baseKey: Uint8Array): Promise<Parts> {
  const source = { suite: AES_256_GCM_SHA512, keyId: keyIdOf(2, 0), baseKey: secret("sframe-base-key", baseKey) };
  const picture = utf8("\u0011abchello!");
  const sealed = await (await createSealer(source)).seal(picture, 3);
  const keys = await deriveFrameKeys(source, "encrypt");
  return {
    "a frame": {
      picture,
      "sframe salt": keys.salt,
      nonce: nonceFor(keys, 0n).slice(),
      "on the wire": sealed,
    },
  };
}

/** A small meeting worked out by this project's code: the parts of the example in `docs/protocol.md`. */
export async function workedExample(): Promise<Parts> {
  const shaken = handshake();
  const keys = senderKeys();
  return {
    ...beginning(),
    ...invite(),
    ...shaken.parts,
    ...admission(shaken),
    ...keys.parts,
    ...(await frame(keys.baseKey)),
  };
}
