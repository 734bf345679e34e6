import type { MemberId } from "../../core/contract/parts.ts";
import type { Slots } from "../../core/media/slots.ts";
import type { LocalTracks } from "./devices/local-devices.ts";
import type { OutgoingLink, PictureSending } from "./picture-sending.ts";

export interface OutgoingOptions {
  readonly pictures: PictureSending;
  readonly tracks: () => LocalTracks;
}

/** What every link sends: puts this person's sound and pictures into the transceivers, and follows when they change. */
export class Outgoing {
  readonly #options: OutgoingOptions;
  readonly #links = new Map<MemberId, Slots>();
  /** Microphone and camera share one stream id, so that the other side plays them in step. */
  readonly #together = new MediaStream();
  #microphone: MediaStreamTrack | null = null;

  constructor(options: OutgoingOptions) {
    this.#options = options;
  }

  attach(link: OutgoingLink): void {
    const { slots } = link;
    const tracks = this.#options.tracks();
    this.#links.set(link.member, slots);
    slots.microphone.sender.setStreams(this.#together);
    slots.camera.sender.setStreams(this.#together);
    speak(slots, tracks.microphone);
    this.#options.pictures.attach(link, tracks);
  }

  detach(member: MemberId): void {
    this.#links.delete(member);
    this.#options.pictures.detach(member);
  }

  /** Tracks may have changed. */
  update(): void {
    const tracks = this.#options.tracks();
    if (tracks.microphone !== this.#microphone) {
      this.#microphone = tracks.microphone;
      for (const slots of this.#links.values()) speak(slots, tracks.microphone);
    }
    this.#options.pictures.update(tracks);
  }

  /** Some transceiver that carries one's own microphone; null without a link. */
  anyMicrophone(): RTCRtpSender | null {
    for (const slots of this.#links.values()) return slots.microphone.sender;
    return null;
  }
}

function speak(slots: Slots, track: MediaStreamTrack | null): void {
  // Fails only on a link that has been closed meanwhile.
  slots.microphone.sender.replaceTrack(track).catch(() => undefined);
}
