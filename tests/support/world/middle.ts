import { concat } from "../../../core/base/bytes.ts";
import { derive, mac } from "../../../core/crypto/hash.ts";
import { readOffer, splitAnswer, writeOffer } from "../../../core/keys/handshake-messages.ts";
import { mixHash, startTranscript, type Transcript } from "../../../core/keys/transcript.ts";
import { deriveMeetingId } from "../../../core/membership/meeting-id.ts";
import type { Address, LinkId, Mesh, MeshEvent, PeerId } from "../../../core/ports/mesh.ts";
import { decodeInvite, encodeInvite, type Invite } from "../../../core/wire/invite.ts";
import type { Person } from "./person.ts";
import type { World } from "./world.ts";

/** What was stolen, read. */
export function readInvite(link: string): Invite {
  const invite = decodeInvite(link);
  if (!invite.ok) throw invite.error;
  return invite.value;
}

/** The invite with some of its parts replaced: nothing signs the whole of it, so who carries it can do so. */
export function forgeInvite(link: string, parts: Partial<Invite>): string {
  const forged = encodeInvite({ ...readInvite(link), ...parts });
  if (!forged.ok) throw forged.error;
  return forged.value;
}

/**
 * Stands where somebody's forged invite leads, and passes every message on to the one whom they believe they dial, and back:
 * the two are to end up with a channel to each other that the middle has both ends of the cable of.
 * A middle that `proves` makes each proof of the meeting secret anew for the two peers of either link; it holds the invite, after all.
 */
export class Middle {
  readonly mesh: Mesh;
  /** Messages of whoever dialled, and of the other. */
  readonly passedOn: Uint8Array[] = [];
  readonly passedBack: Uint8Array[] = [];
  readonly #target: Person;
  readonly #invite: Invite | null;
  #dialler: { readonly link: LinkId; readonly peer: PeerId } | null = null;
  #onward: LinkId | null = null;
  #waiting: Uint8Array[] = [];
  /** What was said on either link, as its two ends hash it. */
  #near: Transcript | null = null;
  #far: Transcript | null = null;

  constructor(world: World, target: Person, proves: Invite | null) {
    this.mesh = world.network.createMesh();
    this.#target = target;
    this.#invite = proves;
    this.mesh.subscribe((event) => this.#take(event));
  }

  get addresses(): readonly Address[] {
    return this.mesh.addresses();
  }

  #take(event: MeshEvent): void {
    if (event.type === "link-opened" && event.direction === "inbound") {
      this.#dialler = { link: event.link, peer: event.peer };
      this.mesh.dial(this.#target.mesh.self, this.#target.mesh.addresses());
    } else if (event.type === "link-opened") {
      this.#onward = event.link;
      for (const bytes of this.#waiting.splice(0)) this.#passOn(bytes);
    } else if (event.type === "message" && event.link === this.#dialler?.link) this.#passOn(event.bytes);
    else if (event.type === "message" && event.link === this.#onward) this.#passBack(event.bytes);
  }

  #passOn(bytes: Uint8Array): void {
    if (this.#onward === null) return void this.#waiting.push(bytes);
    const told = this.passedOn.length === 0 ? this.#helloProven(bytes) : bytes;
    this.passedOn.push(told);
    this.mesh.send(this.#onward, told);
  }

  #passBack(bytes: Uint8Array): void {
    if (this.#dialler === null) return;
    const told = this.passedBack.length === 0 ? this.#answerProven(bytes) : bytes;
    this.passedBack.push(told);
    this.mesh.send(this.#dialler.link, told);
  }

  #helloProven(hello: Uint8Array): Uint8Array {
    if (this.#invite === null || this.#dialler === null) return hello;
    const near = this.#begin(this.#dialler.peer, this.mesh.self);
    const far = this.#begin(this.mesh.self, this.#target.mesh.self);
    const { proven } = readOffer(hello);
    const told = writeOffer(proven, this.#proof("initiator", far, proven));
    this.#near = mixHash(near, hello);
    this.#far = mixHash(far, told);
    return told;
  }

  #answerProven(answer: Uint8Array): Uint8Array {
    if (this.#near === null) return answer;
    const { clear, sealed } = splitAnswer(answer);
    const { proven } = readOffer(clear);
    return concat(writeOffer(proven, this.#proof("responder", this.#near, proven)), sealed);
  }

  #begin(initiatorPeer: PeerId, responderPeer: PeerId): Transcript {
    if (this.#invite === null) throw new Error("this one proves nothing");
    const { meetingSecret } = this.#invite;
    return startTranscript({
      meetingSecret,
      meetingId: deriveMeetingId(meetingSecret),
      initiatorPeer,
      responderPeer,
    });
  }

  #proof(role: "initiator" | "responder", transcript: Transcript, proven: Uint8Array): Uint8Array {
    if (this.#invite === null) throw new Error("this one proves nothing");
    const key = derive({ key: this.#invite.meetingSecret.reveal(), label: "handshake proof key", length: 32 });
    return mac(key, `handshake ${role} proof`, concat(transcript.hash, proven));
  }
}
