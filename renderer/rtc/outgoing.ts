import { mediaKinds, type MediaKind, type MemberId } from "../../core/contract/parts.ts";
import type { Slots } from "../../core/media/slots.ts";
import { maxBitrate } from "./bitrates.ts";
import type { LocalTracks } from "./devices/local-devices.ts";

/** WebRTC extensions, section 5.4: not in TypeScript's types yet. */
interface KeyFrameSender {
  getParameters(): RTCRtpSendParameters;
  setParameters(
    parameters: RTCRtpSendParameters,
    options: { readonly encodingOptions: readonly { readonly keyFrame: boolean }[] },
  ): Promise<void>;
}

/** What every link sends: puts this person's tracks into the transceivers, and follows when they change. */
export class Outgoing {
  readonly #tracks: () => LocalTracks;
  readonly #links = new Map<MemberId, Slots>();
  /** Microphone and camera share one stream id, so that the other side plays them in step. */
  readonly #together = new MediaStream();
  #sent: LocalTracks = { microphone: null, camera: null, screen: null };

  constructor(tracks: () => LocalTracks) {
    this.#tracks = tracks;
  }

  attach(member: MemberId, slots: Slots): void {
    this.#links.set(member, slots);
    slots.microphone.sender.setStreams(this.#together);
    slots.camera.sender.setStreams(this.#together);
    const tracks = this.#tracks();
    for (const kind of mediaKinds) send(slots, kind, tracks[kind]);
  }

  detach(member: MemberId): void {
    this.#links.delete(member);
  }

  detachAll(): void {
    this.#links.clear();
  }

  /** Tracks may have changed. */
  update(): void {
    const tracks = this.#tracks();
    const changed = mediaKinds.filter((kind) => tracks[kind] !== this.#sent[kind]);
    this.#sent = tracks;
    for (const kind of changed) for (const slots of this.#links.values()) send(slots, kind, tracks[kind]);
  }

  /** Has the encoder of one stream make its next picture a key frame. */
  makeKeyFrame(member: MemberId, kind: MediaKind): void {
    const sender = this.#links.get(member)?.[kind].sender as KeyFrameSender | undefined;
    const parameters = sender?.getParameters();
    if (sender === undefined || parameters === undefined) return;
    const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
    // Refused by a sender that is closed or sends nothing: then there is no picture either.
    sender.setParameters(parameters, { encodingOptions }).catch(() => undefined);
  }

  makeKeyFrames(member: MemberId): void {
    this.makeKeyFrame(member, "camera");
    this.makeKeyFrame(member, "screen");
  }

  /** Some transceiver that carries one's own microphone; null without a link. */
  anyMicrophone(): RTCRtpSender | null {
    for (const slots of this.#links.values()) return slots.microphone.sender;
    return null;
  }
}

function send(slots: Slots, kind: MediaKind, track: MediaStreamTrack | null): void {
  const { sender } = slots[kind];
  // Both fail only on a link that has been closed meanwhile.
  sender.replaceTrack(track).catch(() => undefined);
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings) encoding.maxBitrate = maxBitrate(kind, track);
  sender.setParameters(parameters).catch(() => undefined);
}
