import type { MemberId } from "../../core/contract/parts.ts";
import type { Slots } from "../../core/media/slots.ts";
import { FIRST_WISH, type PictureSize, type Wish } from "../../core/contract/wish.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { PictureKind } from "../frames/messages.ts";
import { maxBitrate } from "./bitrates.ts";
import type { LocalTracks } from "./devices/local-devices.ts";
import { pictureKinds, type OutgoingLink, type PictureSending } from "./picture-sending.ts";

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

interface PlainLink {
  readonly slots: Slots;
  limited: boolean;
  wish: Wish;
}

/** Each link encodes for itself: the way of every browser, and dear with many links. */
export class PlainPictures implements PictureSending {
  readonly direction = "send";
  readonly #clock: Clock;
  readonly #links = new Map<MemberId, PlainLink>();
  #sent: LocalTracks = { microphone: null, camera: null, screen: null };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  attach({ member, slots }: OutgoingLink, tracks: LocalTracks): void {
    this.#sent = tracks;
    const link = { slots, limited: false, wish: FIRST_WISH };
    this.#links.set(member, link);
    for (const kind of pictureKinds) send(link, kind, tracks[kind]);
  }

  detach(member: MemberId): void {
    this.#links.delete(member);
  }

  update(tracks: LocalTracks): void {
    const before = this.#sent;
    this.#sent = tracks;
    for (const kind of pictureKinds) {
      // The same camera may give another size now.
      const settle = tracks[kind] === before[kind] ? setEncoding : send;
      for (const link of this.#links.values()) settle(link, kind, tracks[kind]);
    }
  }

  linkUp(member: MemberId, { again }: { again: boolean }): void {
    // What was sent while the path was away is lost: the picture starts anew at once.
    if (again) for (const kind of pictureKinds) this.makeKeyFrame(member, kind);
    else this.#limitLater(member);
  }

  /** Has the encoder of one stream make its next picture a key frame. */
  makeKeyFrame(member: MemberId, kind: PictureKind): void {
    const sender = this.#links.get(member)?.slots[kind].sender as KeyFrameSender | undefined;
    const parameters = sender?.getParameters();
    if (sender === undefined || parameters === undefined) return;
    const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
    // Refused by a sender that is closed or sends nothing: then there is no picture either.
    sender.setParameters(parameters, { encodingOptions }).catch(() => undefined);
  }

  /** The link's own encoder follows its estimate by itself. */
  setEstimate(): void {}

  setWish(member: MemberId, wish: Wish): void {
    const link = this.#links.get(member);
    if (link === undefined) return;
    link.wish = wish;
    for (const kind of pictureKinds) setEncoding(link, kind, this.#sent[kind]);
  }

  #limitLater(member: MemberId): void {
    const link = this.#links.get(member);
    if (link === undefined) return;
    this.#clock.after(UNLIMITED_MS, () => {
      link.limited = true;
      if (this.#links.get(member) !== link) return;
      for (const kind of pictureKinds) setEncoding(link, kind, this.#sent[kind]);
    });
  }
}

function send(link: PlainLink, kind: PictureKind, track: MediaStreamTrack | null): void {
  // This and what follows fails only on a link that has been closed meanwhile.
  link.slots[kind].sender.replaceTrack(track).catch(() => undefined);
  setEncoding(link, kind, track);
}

/** The lines that a camera's picture needs at each size it is shown at. */
const LINES: Readonly<Record<PictureSize, number>> = { none: 180, small: 180, middle: 360, full: 720 };

/** How many times smaller than the track a picture is sent. A shared screen keeps its size: nobody reads small text. */
function scaleDown(kind: PictureKind, track: MediaStreamTrack | null, size: PictureSize): number {
  const { height } = track?.getSettings() ?? {};
  return kind === "screen" || height === undefined ? 1 : Math.max(1, height / LINES[size]);
}

function setEncoding({ slots, limited, wish }: PlainLink, kind: PictureKind, track: MediaStreamTrack | null): void {
  const { sender } = slots[kind];
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings) {
    // An active stream without a track would claim its share of the first bandwidth estimate all the same.
    encoding.active = track !== null && wish[kind] !== "none";
    encoding.scaleResolutionDownBy = scaleDown(kind, track, wish[kind]);
    if (limited) encoding.maxBitrate = maxBitrate(kind, track);
  }
  sender.setParameters(parameters).catch(() => undefined);
}
