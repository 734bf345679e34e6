import { toHex } from "../../../core/base/bytes.ts";
import { type MemberId, memberIdOf } from "../../../core/base/member-id.ts";
import { SigningKey } from "../../../core/crypto/signing.ts";
import { type Channel, openMessage, sealMessage } from "../../../core/keys/channel.ts";
import { advanceHandshake, type HandshakeState, startHandshake } from "../../../core/keys/handshake.ts";
import { createAdmissionRequest } from "../../../core/membership/admission.ts";
import type { EntryBody } from "../../../core/membership/body.ts";
import { issueCapability } from "../../../core/membership/capability.ts";
import { type SignedEntry, signEntry } from "../../../core/membership/entry.ts";
import { type EntryId, entryIdFrom } from "../../../core/membership/ids.ts";
import { createLog, heads, type Log, merge } from "../../../core/membership/log.ts";
import { deriveMeetingId } from "../../../core/membership/meeting-id.ts";
import { rosterOf } from "../../../core/membership/roster.ts";
import type { LinkId, Mesh } from "../../../core/ports/mesh.ts";
import {
  type ChannelMessage,
  decodeChannelMessage,
  encodeChannelMessage,
} from "../../../core/wire/channel-messages.ts";
import { decodeInvite, type Invite } from "../../../core/wire/invite.ts";
import { seededRandom } from "../seeded-random.ts";
import type { Person } from "./person.ts";
import type { World } from "./world.ts";

type Way = { link: LinkId; handshake: HandshakeState | null; channel: Channel | null; closed: boolean };

/** Somebody with a good invite whose client does whatever a test wants: it speaks the protocol and keeps none of its rules. */
export class Mallory {
  readonly key: SigningKey;
  readonly id: MemberId;
  readonly heard: ChannelMessage[] = [];
  log: Log;
  readonly #world: World;
  readonly #invite: Invite;
  readonly #meetingId: Uint8Array;
  readonly #mesh: Mesh;
  readonly #random;
  readonly #ways = new Map<string, Way>();
  /** The key that handshakes show. */
  #shown: SigningKey;

  constructor(world: World, link: string, seed = 666) {
    const invite = decodeInvite(link);
    if (!invite.ok) throw invite.error;
    this.#world = world;
    this.#invite = invite.value;
    this.#meetingId = deriveMeetingId(invite.value.meetingSecret);
    this.#random = seededRandom(seed);
    this.key = SigningKey.generate(this.#random);
    this.id = memberIdOf(this.key.publicKey);
    this.#shown = this.key;
    this.log = createLog({ meetingId: this.#meetingId, root: invite.value.root });
    this.#mesh = world.network.createMesh();
    this.#listen();
  }

  get mesh(): Mesh {
    return this.#mesh;
  }

  /** From now on shows another's public key in handshakes, and signs with the only key that is at hand. */
  poseAs(publicKey: Uint8Array): void {
    const { key } = this;
    const posed = { publicKey, sign: key.sign.bind(key), wipe: () => undefined };
    this.#shown = posed as unknown as SigningKey;
  }

  /** Opens a channel to somebody, dialling. */
  async reach(person: Person): Promise<void> {
    const peer = person.mesh.self;
    this.#ways.delete(peer);
    this.#mesh.dial(peer, person.mesh.addresses());
    await this.#world.until("Mallory has a channel", () => (this.#ways.get(peer)?.channel ?? null) !== null);
  }

  /** Asks to be let in and waits until the log says so; then says hello under this name. */
  async enter(person: Person, name = "Mallory"): Promise<void> {
    await this.reach(person);
    this.say(person, { type: "join", request: this.request(), capability: this.#invite.capability });
    await this.#world.until("Mallory is in", () => rosterOf(this.log).members.some(({ id }) => id === this.id));
    this.greet(person, name);
  }

  greet(person: Person, name: string): void {
    this.say(person, {
      type: "hello",
      name,
      media: 0,
      addresses: [],
      heads: heads(this.log).slice(0, 64),
      generation: 0,
    });
  }

  say(person: Person, message: ChannelMessage): void {
    this.voiceTo(person)(message);
  }

  /** Says something on the link that is the newest now, also once there is a newer one. */
  voiceTo(person: Person): (message: ChannelMessage) => void {
    const way = this.#ways.get(person.mesh.self);
    return (message) => {
      if (way === undefined || way.channel === null || way.closed) return;
      const sealed = sealMessage(way.channel, encodeChannelMessage(message));
      way.channel = sealed.channel;
      this.#mesh.send(way.link, sealed.message);
    };
  }

  isCutOffFrom(person: Person): boolean {
    return this.#ways.get(person.mesh.self)?.closed ?? true;
  }

  request(key = this.key): Uint8Array {
    const fingerprint = toHex(this.#random.bytes(32));
    return createAdmissionRequest({ meetingId: this.#meetingId, signingKey: key, fingerprint });
  }

  /** What the invite holds that Mallory came by. */
  get invitation(): Uint8Array {
    return this.#invite.capability;
  }

  capability(expiresAt = this.#world.clock.now() + 1_000_000): Uint8Array {
    const wish = { meetingId: this.#meetingId, id: this.#random.bytes(16), expiresAt, uses: 0, label: "" };
    return issueCapability({ signingKey: this.key, ...wish });
  }

  newKey(): SigningKey {
    return SigningKey.generate(this.#random);
  }

  /** An entry behind any parents: by default behind Mallory's own admission and nothing else. */
  sign(body: EntryBody, parents = [this.ownAdmission()], time = this.#world.clock.now()): SignedEntry {
    return signEntry({ meetingId: this.#meetingId, parents, time: Math.floor(time), body }, this.key);
  }

  /** As `sign`, by somebody else whose key Mallory has made. */
  signAs(key: SigningKey, body: EntryBody, parents: readonly EntryId[]): SignedEntry {
    const time = Math.floor(this.#world.clock.now());
    return signEntry({ meetingId: this.#meetingId, parents, time, body }, key);
  }

  ownAdmission(): EntryId {
    const admission = this.log.entries.find((entry) => entry.admission?.request.member === this.id);
    if (admission === undefined) throw new Error("Mallory was never admitted");
    return admission.id;
  }

  /** The newest entries that she knows of. */
  newest(): EntryId[] {
    return heads(this.log).map((head) => entryIdFrom(head));
  }

  unknownParent(): EntryId {
    return entryIdFrom(this.#random.bytes(32));
  }

  device(): EntryBody {
    return { type: "device", fingerprint: toHex(this.#random.bytes(32)) };
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return this.#random.bytes(length);
  }

  #listen(): void {
    this.#mesh.subscribe((event) => {
      if (event.type === "link-opened") this.#opened(event.link, event.peer, event.direction);
      const way = [...this.#ways.values()].find((one) => "link" in event && one.link === event.link);
      if (way === undefined) return;
      if (event.type === "link-closed") way.closed = true;
      if (event.type === "message") this.#received(way, event.bytes);
    });
  }

  #opened(link: LinkId, peer: Mesh["self"], direction: "inbound" | "outbound"): void {
    const { state, message } = startHandshake({
      role: direction === "inbound" ? "responder" : "initiator",
      meetingSecret: this.#invite.meetingSecret,
      meetingId: this.#meetingId,
      self: this.#mesh.self,
      peer,
      signingKey: this.#shown,
      random: this.#random,
    });
    this.#ways.set(peer, { link, handshake: state, channel: null, closed: false });
    if (message !== undefined) this.#mesh.send(link, message);
  }

  #received(way: Way, bytes: Uint8Array): void {
    if (way.handshake !== null) {
      const advanced = advanceHandshake(way.handshake, bytes);
      if (!advanced.ok) throw advanced.error;
      const { state, message, outcome } = advanced.value;
      if (message !== undefined) this.#mesh.send(way.link, message);
      way.handshake = state ?? null;
      way.channel = outcome?.channel ?? null;
      return;
    }
    if (way.channel === null) return;
    const opened = openMessage(way.channel, bytes);
    if (!opened.ok) throw opened.error;
    way.channel = opened.value.channel;
    const message = decodeChannelMessage(opened.value.plaintext);
    if (!message.ok) throw message.error;
    this.heard.push(message.value);
    if (message.value.type === "entries") this.log = merge(this.log, message.value.entries).log;
  }
}
