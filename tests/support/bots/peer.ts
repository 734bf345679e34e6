import rtc, { type PeerConnection, type Track } from "node-datachannel";
import type { CreatePeer, PeerEvent } from "../../../core/media/peer.ts";
import { slotKinds, type SlotKind, type Slots } from "../../../core/media/slots.ts";
import type { BotCertificate } from "./certificate.ts";
import { decodeRtp, encodeRtp, type RtpPacket } from "./rtp.ts";

/** What a bot's own offers call their codecs. */
const OPUS = 111;
const VP8 = 96;
/** What the other side may send on one link, in bit/s. */
const RECEIVE_BITRATE = 4_000_000;

/** The streams of one link in both directions: a bot's counterpart of the transceivers that a page has. */
export class BotStreams {
  readonly #streams = new Map<
    SlotKind,
    { readonly track: Track; readonly payloadType: number; readonly ssrc: number; sequence: number }
  >();
  /** Hears of each packet of sound or picture that comes. */
  onPacket: (kind: SlotKind, packet: RtpPacket) => void = () => undefined;

  add(
    kind: SlotKind,
    track: Track,
    { payloadType, ssrc }: { readonly payloadType: number; readonly ssrc: number },
  ): void {
    const session = new rtc.RtcpReceivingSession();
    session.addToChain(new rtc.RtcpNackResponder());
    track.setMediaHandler(session);
    track.onOpen(() => track.requestBitrate(RECEIVE_BITRATE));
    track.onMessage((message) => {
      const packet = decodeRtp(message);
      if (packet?.payloadType === payloadType) this.onPacket(kind, packet);
    });
    this.#streams.set(kind, { track, payloadType, ssrc, sequence: 0 });
  }

  /** The payloads of one frame: all have its timestamp, the last has the marker. */
  send(kind: SlotKind, payloads: readonly Uint8Array[], timestamp: number): void {
    const stream = this.#streams.get(kind);
    if (stream === undefined || !stream.track.isOpen()) return;
    const { payloadType, ssrc, track } = stream;
    for (const [index, payload] of payloads.entries()) {
      const marker = kind !== "microphone" && index === payloads.length - 1;
      trySend(track, encodeRtp({ payloadType, ssrc, timestamp, marker, sequence: stream.sequence++ }, payload));
    }
  }

  /** Asks the sender for a picture that stands alone. */
  askKeyFrame(kind: SlotKind): void {
    const track = this.#streams.get(kind)?.track;
    if (track?.isOpen() === true) track.requestKeyframe();
  }

  /** Must be called before the connection is closed: no packet may come into what is gone. */
  detach(): void {
    this.onPacket = () => undefined;
    this.#streams.clear();
  }
}

/** The streams of a link, where `MediaLinks` speaks of its slots: it hands them on and looks at none. */
export function streamsOf(slots: Slots): BotStreams {
  return slots as unknown as BotStreams;
}

/** A link can end between two packets. */
function trySend(track: Track, packet: Buffer): void {
  try {
    track.sendMessageBinary(packet);
  } catch {
    // The connection says that it is over.
  }
}

interface Section {
  readonly mid: string;
  readonly payloadType: number;
}

/** Media sections of a description in their order, with the payload type of the one codec that is spoken here. */
export function sectionsOf(sdp: string): readonly Section[] {
  return sdp
    .split(/^m=/m)
    .slice(1, 1 + slotKinds.length)
    .map((section) => ({
      mid: /^a=mid:(\S+)/m.exec(section)?.[1] ?? "",
      payloadType: Number(/^a=rtpmap:(\d+) (?:opus|VP8)\//im.exec(section)?.[1] ?? 0),
    }));
}

function addStreams(connection: PeerConnection, streams: BotStreams, sections: readonly Section[]): void {
  for (const [index, kind] of slotKinds.entries()) {
    const { mid, payloadType } = sections[index] ?? {
      mid: String(index),
      payloadType: kind === "microphone" ? OPUS : VP8,
    };
    const ssrc = Math.floor(Math.random() * 0xffff_ffff) + 1;
    const media = kind === "microphone" ? new rtc.Audio(mid, "SendRecv") : new rtc.Video(mid, "SendRecv");
    if (media instanceof rtc.Audio) media.addOpusCodec(payloadType);
    else media.addVP8Codec(payloadType);
    media.addSSRC(ssrc, "bot", "bot", kind);
    streams.add(kind, connection.addTrack(media), { payloadType, ssrc });
  }
}

/** As much of a report as tells that the path is direct: bots know no relay. */
const DIRECT = new Map<string, unknown>([
  ["transport", { type: "transport", selectedCandidatePairId: "pair" }],
  ["pair", { type: "candidate-pair", localCandidateId: "local", remoteCandidateId: "remote" }],
]) as unknown as RTCStatsReport;

/** Media links over libdatachannel: another implementation of WebRTC than the pages', behind the same interface. */
export function createBotPeerFactory({ pem, keyPem }: BotCertificate): CreatePeer {
  return ({ initiator, listener }) => {
    const connection = new rtc.PeerConnection("bot", { iceServers: [], certificatePemFile: pem, keyPemFile: keyPem });
    const streams = new BotStreams();
    let open = true;
    const say = (event: PeerEvent): void => {
      if (open) listener(event);
    };
    const close = (): void => {
      if (!open) return;
      open = false;
      streams.detach();
      connection.close();
    };
    const showStreams = (): void => say({ type: "slots", slots: streams as unknown as Slots });
    connection.onLocalDescription((sdp, type) => say({ type: "signal", signal: { type, sdp } }));
    connection.onLocalCandidate((line, mid) => {
      const candidate = { candidate: line.replace(/^a=/, ""), sdpMid: mid, sdpMLineIndex: null };
      say({ type: "signal", signal: { type: "candidate", candidate } });
    });
    connection.onStateChange((state) => say({ type: "connection", state: state as RTCPeerConnectionState }));
    if (initiator) {
      addStreams(connection, streams, []);
      connection.createDataChannel("link");
      showStreams();
    }
    /** What comes for a connection that has failed meanwhile is thrown back: then it is over. */
    const attempt = (act: () => void): void => {
      try {
        act();
      } catch {
        say({ type: "closed" });
        close();
      }
    };
    /** Candidates that came before the description they belong to. */
    const early: (readonly [line: string, mid: string])[] = [];
    const describe = (sdp: string, type: "offer" | "answer"): void => {
      if (type === "offer" && connection.remoteDescription() === null) {
        addStreams(connection, streams, sectionsOf(sdp));
        showStreams();
      }
      connection.setRemoteDescription(sdp, type);
      for (const [line, mid] of early.splice(0)) connection.addRemoteCandidate(line, mid);
    };
    return {
      signalingState: () => connection.signalingState(),
      apply(signal) {
        if (!open) return;
        if (signal.type !== "candidate") return attempt(() => describe(signal.sdp, signal.type));
        const { candidate, sdpMid } = signal.candidate;
        // The empty one says that no more will come.
        if (candidate === "") return;
        if (connection.remoteDescription() === null) early.push([candidate, sdpMid ?? "0"]);
        else attempt(() => connection.addRemoteCandidate(candidate, sdpMid ?? "0"));
      },
      // libdatachannel cannot: the host builds another link.
      sendSoundTwice: () => undefined,
      restartIce() {
        say({ type: "closed" });
        close();
      },
      statistics: () => Promise.resolve(DIRECT),
      close,
    };
  };
}
