import { mediaKinds, type MediaKind } from "../contract/parts.ts";
import { passedKinds, type PassedKind } from "../contract/passing.ts";
import type { WebRtc } from "./webrtc.ts";

/** What one transceiver of a link carries. */
export type SlotKind = MediaKind | PassedKind;

/** The transceivers of a link: a sender's own, and spare ones. They exist before the first offer and stay for its whole life. */
export type Slots = Readonly<Record<SlotKind, RTCRtpTransceiver>>;

/** Every transceiver in the order in which they are described. */
export const slotKinds: readonly SlotKind[] = [...mediaKinds, ...passedKinds];

const CODECS: Readonly<Record<"audio" | "video", readonly string[]>> = {
  // The order says what is sent at first: sound once.
  audio: ["audio/opus", "audio/red"],
  // Without retransmission (rtx) each lost packet costs a key frame.
  video: ["video/VP8", "video/rtx"],
};

function mediaOf(kind: SlotKind): "audio" | "video" {
  return kind === "microphone" ? "audio" : "video";
}

function inOrder(known: readonly RTCRtpCodec[], wanted: readonly string[]): RTCRtpCodec[] {
  return wanted.flatMap((name) => known.filter(({ mimeType }) => mimeType === name));
}

function preferOwnCodecs(slots: Slots, webrtc: WebRtc): void {
  for (const kind of slotKinds) {
    const wanted = CODECS[mediaOf(kind)];
    const known = webrtc.RTCRtpReceiver.getCapabilities(mediaOf(kind))?.codecs ?? [];
    slots[kind].setCodecPreferences(inOrder(known, wanted));
  }
}

/** For the initiator: makes the transceivers, which the offer then lists in this order. */
export function createSlots(connection: RTCPeerConnection, webrtc: WebRtc): Slots {
  const create = (kind: SlotKind): RTCRtpTransceiver =>
    connection.addTransceiver(mediaOf(kind), { direction: "sendrecv" });
  const slots: Slots = {
    microphone: create("microphone"),
    camera: create("camera"),
    screen: create("screen"),
    "passed-0": create("passed-0"),
    "passed-1": create("passed-1"),
  };
  preferOwnCodecs(slots, webrtc);
  return slots;
}

/** For the other side, with the offer applied: takes the transceivers that the offer made. Null if it is not such an offer. */
export function adoptSlots(connection: RTCPeerConnection, webrtc: WebRtc): Slots | null {
  const made = connection.getTransceivers();
  const [microphone, camera, screen, first, second] = made;
  if (microphone === undefined || camera === undefined || screen === undefined) return null;
  if (first === undefined || second === undefined || made.length > slotKinds.length) return null;
  const slots: Slots = { microphone, camera, screen, "passed-0": first, "passed-1": second };
  for (const kind of slotKinds) {
    if (slots[kind].receiver.track.kind !== mediaOf(kind)) return null;
    slots[kind].direction = "sendrecv";
  }
  preferOwnCodecs(slots, webrtc);
  return slots;
}
