import { describe, expect, it } from "vitest";
import { Secret } from "../../../core/base/secret.ts";
import { VigilError } from "../../../core/base/errors.ts";
import { checkDown, checkKey, checkUp } from "../../../core/contract/contract.ts";
import { noIdentity } from "../../../core/contract/identity.ts";
import { usualSettings } from "../../../core/contract/settings.ts";
import { createChannel, openMessage } from "../../../core/keys/channel.ts";
import { advanceHandshake } from "../../../core/keys/handshake.ts";
import { decodeKeyMessage, encodeKeyMessage } from "../../../core/keys/key-message.ts";
import { readSignal } from "../../../core/media/signals.ts";
import { checkAdmissionRequest } from "../../../core/membership/admission.ts";
import { checkAppeal } from "../../../core/membership/appeal.ts";
import { readCapability } from "../../../core/membership/capability.ts";
import { decodeEntry, signEntry, type EntryBody } from "../../../core/membership/entry.ts";
import { createRecord, readRecord } from "../../../core/membership/record.ts";
import { createRecordName, readRecordName } from "../../../core/membership/record-name.ts";
import { createCertificate, readCertificate } from "../../../core/persona/certificate.ts";
import { fileKeyOf, openPersonaFile, readPersonaFile, sealPersonaFile } from "../../../core/persona/file.ts";
import { decodeVault, encodeVault } from "../../../core/persona/vault.ts";
import { decodeHeader, encodeHeader } from "../../../core/sframe/header.ts";
import { decodeCbor } from "../../../core/wire/cbor.ts";
import {
  type ChannelMessage,
  decodeChannelMessage,
  encodeChannelMessage,
} from "../../../core/wire/channel-messages.ts";
import { decodeInvite, encodeInvite } from "../../../core/wire/invite.ts";
import { sampleCall, sampleInvite, sampleMember } from "../../support/scenes.ts";
import { useCheapSignatures } from "../../support/cheap-signatures.ts";
import { initiator, responder, step } from "../../unit/keys/handshake-world.ts";
import { contact, passphraseLock, vaultWith } from "../../unit/persona/samples.ts";
import { fingerprint, MEETING, meetingOf, NOW, starter } from "../../unit/membership/world.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { forBytes, forValues, INPUTS } from "./inputs.ts";

useCheapSignatures();

/** A handshake is begun anew for each input, which costs more than reading a message. */
const HANDSHAKES = Math.ceil(INPUTS / 20);

type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: unknown };

/** What is refused is refused with an error of ours; anything thrown fails the test by itself. */
function isOurs(outcome: Outcome): void {
  if (!outcome.ok && !(outcome.error instanceof VigilError)) throw new Error(`not ours: ${String(outcome.error)}`);
}

const [root, member] = meetingOf(2);
const capability = root.capability({ label: "for the choir" });
const request = root.request();
const removal = root.log.entries[0]?.id;
if (member === undefined || removal === undefined) throw new Error("nobody");
const appeal = member.appeal(removal);
const bodies: readonly EntryBody[] = [
  { type: "admit", request, index: 3, capability },
  { type: "remove", member: member.id, reason: "why" },
  { type: "device", fingerprint: fingerprint() },
  { type: "policy", policy: { admission: "knock-any", removal: "votes" } },
  { type: "policy", policy: { admission: "invite", removal: "votes", inviting: "moderators" } },
  { type: "vote", motion: "remove", member: member.id, approve: true, reason: "why" },
  { type: "appeal", appeal },
  { type: "revoke-invite", id: "0a".repeat(16), issuer: root.id },
  { type: "expel", member: member.id, reason: "" },
  { type: "readmit", member: member.id, index: 2 },
  { type: "lock" },
  { type: "present" },
];
const entries = [
  starter().log.entries[0]?.bytes ?? new Uint8Array(),
  ...bodies.map((body) => signEntry({ meetingId: MEETING, parents: [removal], time: NOW, body }, root.key).bytes),
];
const messages: readonly ChannelMessage[] = [
  { type: "join", request, capability },
  { type: "refused", code: "meeting-full", reason: "" },
  { type: "entries", entries: entries.slice(0, 3) },
  { type: "sync", heads: [new Uint8Array(32)] },
  { type: "contacts", contacts: [[new Uint8Array(32), ["/ip4/10.0.0.1/tcp/1"]]] },
  { type: "hello", name: "Anna", media: 3, addresses: [], heads: [], generation: 1 },
  { type: "signal", generation: 1, data: "{}" },
  { type: "chat", id: new Uint8Array(16), at: NOW, text: "hello", answers: new Uint8Array(48) },
  { type: "appeal", appeal },
  { type: "persona", certificate: new Uint8Array(200) },
  { type: "record-name", statement: new Uint8Array(150) },
  { type: "hand", ticket: 70_000 },
  { type: "reaction", kind: 2 },
  { type: "file-offer", id: new Uint8Array(16), name: "plan.pdf", size: 70_000, hash: new Uint8Array(32) },
  { type: "file-take", id: new Uint8Array(16), offset: 70_000, secret: new Uint8Array(32) },
  { type: "file-withdraw", id: new Uint8Array(16) },
  { type: "file-decline", id: new Uint8Array(16) },
];

describe(`decoders under ${String(INPUTS)} inputs each`, { timeout: 60_000 + INPUTS * 2 }, () => {
  it("CBOR", () =>
    forBytes([...messages.map(encodeChannelMessage), ...entries], (input) =>
      isOurs(decodeCbor(input, { maxBytes: 4_000 })),
    ));

  it("invites", () => {
    const meetingSecret = new Secret("meeting-secret", new Uint8Array(32).fill(3));
    const link = encodeInvite({
      meetingSecret,
      root: root.key.publicKey,
      capability,
      addresses: ["/ip4/10.0.0.1/tcp/4001"],
    });
    if (!link.ok) throw link.error;
    forBytes([Buffer.from(link.value)], (input) => isOurs(decodeInvite(Buffer.from(input).toString("latin1"))));
  });

  it("handshake messages, on both sides", () => {
    const { state, message } = initiator();
    const answer = step(responder(), message).message;
    forBytes(
      [message, answer ?? message],
      (input) => {
        const advanced = advanceHandshake(responder(), input);
        isOurs(advanced);
        if (advanced.ok) expect(input).toEqual(message);
      },
      HANDSHAKES,
    );
    isOurs(advanceHandshake(state, message));
  });

  it("the channel", () => {
    const key = (fill: number): Secret<"channel-key"> => new Secret("channel-key", new Uint8Array(32).fill(fill));
    const channel = createChannel(key(1), key(2));
    forBytes(entries, (input) => isOurs(openMessage(channel, input)));
  });

  it("channel messages", () =>
    forBytes(messages.map(encodeChannelMessage), (input) => isOurs(decodeChannelMessage(input))));

  it("log entries", () => forBytes(entries, (input) => isOurs(decodeEntry(input, MEETING))));

  it("what entries carry", () =>
    forBytes([capability, request, appeal], (input) => {
      isOurs(readCapability(input, MEETING));
      isOurs(checkAdmissionRequest(input, MEETING));
      isOurs(checkAppeal(input, MEETING));
    }));

  it("records of meetings", () => {
    const names = [createRecordName({ meetingId: MEETING, key: root.key, name: "Ada" })];
    const good = createRecord({ log: root.log, key: root.key, time: NOW, names });
    if (!good.ok) throw good.error;
    const { value } = good;
    expect(readRecord(value).ok).toBe(true);
    forBytes([value], (input) => isOurs(readRecord(input)));
  });

  it("names for records", () => {
    const good = createRecordName({ meetingId: MEETING, key: root.key, name: "Ada" });
    expect(readRecordName(good, MEETING).ok).toBe(true);
    forBytes([good], (input) => isOurs(readRecordName(input, MEETING)));
  });

  it("certificates of personas", () => {
    const expected = { meetingId: MEETING, memberKey: root.key.publicKey };
    const good = createCertificate({ key: member.key, name: "Ada" }, expected);
    forBytes([good], (input) => isOurs(readCertificate(input, expected)));
  });

  it("files of personas, and what is in them", () => {
    const lock = passphraseLock();
    const key = fileKeyOf(lock, new Secret("root", new Uint8Array(32)));
    const vault = vaultWith(contact(1), contact(2));
    const wrapped = { method: "keychain", wrapped: new Uint8Array(40) } as const;
    const files = [lock, wrapped].map((one) => sealPersonaFile(vault, one, { key, random: seededRandom(1) }));
    // Cut to what stands before the box, so that a change hits something that is read.
    const heads = files.map((file) => file.subarray(0, 200));
    forBytes(
      [...files, ...heads],
      (input) => {
        const read = readPersonaFile(input);
        isOurs(read);
        if (read.ok) isOurs(openPersonaFile(read.value, key));
      },
      Math.ceil(INPUTS / 10),
    );
    forBytes([encodeVault(vault)], (input) => void decodeVault(input), Math.ceil(INPUTS / 10));
  });

  it("key messages", () => {
    const good = [
      encodeKeyMessage({ type: "key", epoch: 7, baseKey: new Uint8Array(32) }),
      encodeKeyMessage({ type: "ack", epoch: 1 }),
    ];
    forBytes(good, (input) => void decodeKeyMessage(input));
  });

  it("SFrame headers", () => {
    const good = [0n, 7n, 65_536n, 2n ** 40n].map((keyId) => encodeHeader({ keyId, counter: keyId }));
    forBytes(good, (input) => isOurs(decodeHeader(input)));
  });

  it("the contract, both ways and to the frames worker", () => {
    const commands = [
      { type: "open-invite", name: "Anna", invite: sampleInvite },
      { type: "vote", motion: "remove", member: sampleMember(1), approve: true, reason: "why" },
      { type: "set-media", media: { microphone: true, camera: false, screen: false } },
      { type: "appeal", text: "let me in" },
      { type: "set-hand", raised: true },
      { type: "send-chat", text: "yes", reply: { from: sampleMember(1), id: "a" } },
      { type: "react", kind: "heart" },
      { type: "create-identity", name: "Ada", passphrase: "correct horse battery" },
      { type: "save-contact", member: sampleMember(1), name: "Ada" },
      { type: "name-in-records", allowed: true },
    ].map((body) => ({ channel: "command", body }));
    const snapshot = {
      channel: "snapshot",
      body: { revision: 1, view: sampleCall(2), problem: null, settings: usualSettings, identity: noIdentity },
    };
    const key = { type: "send-key", index: 1, epoch: 1, baseKey: "A".repeat(43), use: true };
    // What nobody changed is taken: otherwise everything would be refused at the door.
    expect([...commands.map(checkDown), checkUp(snapshot), checkKey(key)].filter(({ ok }) => !ok)).toEqual([]);
    forValues([...commands, snapshot, key], (input) => {
      for (const check of [checkDown, checkUp, checkKey]) {
        const checked = check(input);
        if (!checked.ok) expect(checked.error.code).toBe("contract-violation");
      }
    });
  });

  it("signals between pages", () => {
    const line = "candidate:1 1 udp 2113937151 192.168.1.2 50000 typ host";
    const good = [
      { type: "offer", sdp: "v=0\r\n" },
      { type: "candidate", candidate: { candidate: line, sdpMid: "0", sdpMLineIndex: 0 } },
      { type: "restart-request" },
      { type: "wish", camera: "small", screen: "none" },
    ].map((value) => Buffer.from(JSON.stringify(value)));
    forBytes(good, (input) => void readSignal(Buffer.from(input).toString("utf8")));
  });
});
