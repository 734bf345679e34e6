import { mediaKinds, type MediaKind } from "../contract/parts.ts";
import type { WebRtc } from "./webrtc.ts";

/** The three transceivers of a link. They exist before the first offer and stay for its whole life. */
export type Slots = Readonly<Record<MediaKind, RTCRtpTransceiver>>;

const CODECS: Readonly<Record<"audio" | "video", readonly string[]>> = {
  // The order says what is sent at first: sound once.
  audio: ["audio/opus", "audio/red"],
  // Without retransmission (rtx) each lost packet costs a key frame.
  video: ["video/VP8", "video/rtx"],
};

function mediaOf(kind: MediaKind): "audio" | "video" {
  return kind === "microphone" ? "audio" : "video";
}

function inOrder(known: readonly RTCRtpCodec[], wanted: readonly string[]): RTCRtpCodec[] {
  return wanted.flatMap((name) => known.filter(({ mimeType }) => mimeType === name));
}

function preferOwnCodecs(slots: Slots, webrtc: WebRtc): void {
  for (const kind of mediaKinds) {
    const wanted = CODECS[mediaOf(kind)];
    const known = webrtc.RTCRtpReceiver.getCapabilities(mediaOf(kind))?.codecs ?? [];
    slots[kind].setCodecPreferences(inOrder(known, wanted));
  }
}

/** For the initiator: makes the transceivers, which the offer then lists in this order. */
export function createSlots(connection: RTCPeerConnection, webrtc: WebRtc): Slots {
  const create = (kind: MediaKind): RTCRtpTransceiver =>
    connection.addTransceiver(mediaOf(kind), { direction: "sendrecv" });
  const slots: Slots = { microphone: create("microphone"), camera: create("camera"), screen: create("screen") };
  preferOwnCodecs(slots, webrtc);
  return slots;
}

/** For the other side, with the offer applied: takes the transceivers that the offer made. Null if it is not such an offer. */
export function adoptSlots(connection: RTCPeerConnection, webrtc: WebRtc): Slots | null {
  const [microphone, camera, screen, ...more] = connection.getTransceivers();
  if (microphone === undefined || camera === undefined || screen === undefined || more.length > 0) return null;
  const slots: Slots = { microphone, camera, screen };
  for (const kind of mediaKinds) {
    if (slots[kind].receiver.track.kind !== mediaOf(kind)) return null;
    slots[kind].direction = "sendrecv";
  }
  preferOwnCodecs(slots, webrtc);
  return slots;
}
