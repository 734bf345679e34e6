import { mediaKinds, type MediaKind, type MemberId } from "../../core/contract/parts.ts";
import type { Slots } from "../../core/media/slots.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { maxBitrate } from "./bitrates.ts";
import type { LocalTracks } from "./devices/local-devices.ts";

/**
 * How long after it is connected a link may spend what it finds, in ms. A limit from the start would keep the first
 * estimate of the bandwidth so low that Chromium begins with a quarter of the picture and grows it only after seconds.
 */
const UNLIMITED_MS = 3000;

/** WebRTC extensions, section 5.4: not in TypeScript's types yet. */
interface KeyFrameSender {
  getParameters(): RTCRtpSendParameters;
  setParameters(
    parameters: RTCRtpSendParameters,
    options: { readonly encodingOptions: readonly { readonly keyFrame: boolean }[] },
  ): Promise<void>;
}

interface OutgoingLink {
  readonly slots: Slots;
  limited: boolean;
}

export interface OutgoingOptions {
  readonly clock: Clock;
  readonly tracks: () => LocalTracks;
}

/** What every link sends: puts this person's tracks into the transceivers, and follows when they change. */
export class Outgoing {
  readonly #options: OutgoingOptions;
  readonly #links = new Map<MemberId, OutgoingLink>();
  /** Microphone and camera share one stream id, so that the other side plays them in step. */
  readonly #together = new MediaStream();
  #sent: LocalTracks = { microphone: null, camera: null, screen: null };

  constructor(options: OutgoingOptions) {
    this.#options = options;
  }

  attach(member: MemberId, slots: Slots): void {
    const link = { slots, limited: false };
    this.#links.set(member, link);
    slots.microphone.sender.setStreams(this.#together);
    slots.camera.sender.setStreams(this.#together);
    const tracks = this.#options.tracks();
    for (const kind of mediaKinds) send(link, kind, tracks[kind]);
  }

  /** The link is up for the first time. */
  connected(member: MemberId): void {
    const link = this.#links.get(member);
    if (link === undefined) return;
    this.#options.clock.after(UNLIMITED_MS, () => {
      link.limited = true;
      if (this.#links.get(member) !== link) return;
      for (const kind of mediaKinds) setEncoding(link, kind, this.#sent[kind]);
    });
  }

  detach(member: MemberId): void {
    this.#links.delete(member);
  }

  /** Tracks may have changed. */
  update(): void {
    const tracks = this.#options.tracks();
    const changed = mediaKinds.filter((kind) => tracks[kind] !== this.#sent[kind]);
    this.#sent = tracks;
    for (const kind of changed) for (const link of this.#links.values()) send(link, kind, tracks[kind]);
  }

  /** Has the encoder of one stream make its next picture a key frame. */
  makeKeyFrame(member: MemberId, kind: MediaKind): void {
    const sender = this.#links.get(member)?.slots[kind].sender as KeyFrameSender | undefined;
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
    for (const { slots } of this.#links.values()) return slots.microphone.sender;
    return null;
  }
}

function send(link: OutgoingLink, kind: MediaKind, track: MediaStreamTrack | null): void {
  // This and what follows fails only on a link that has been closed meanwhile.
  link.slots[kind].sender.replaceTrack(track).catch(() => undefined);
  setEncoding(link, kind, track);
}

function setEncoding({ slots, limited }: OutgoingLink, kind: MediaKind, track: MediaStreamTrack | null): void {
  // Sound has its fixed rate from the session description.
  if (kind === "microphone") return;
  const { sender } = slots[kind];
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings) {
    // An active stream without a track would claim its share of the first bandwidth estimate all the same.
    encoding.active = track !== null;
    if (limited) encoding.maxBitrate = maxBitrate(kind, track);
  }
  sender.setParameters(parameters).catch(() => undefined);
}
