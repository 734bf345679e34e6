/** What WebRTC says of a stream that goes out, beyond what TypeScript's types know of it (webrtc-stats, section 6.5). */
export type OutboundStream = RTCOutboundRtpStreamStats;

/** The same of a stream that comes in. */
type InboundStream = RTCInboundRtpStreamStats;

/** What the other side says of a stream that goes out. */
interface RemoteStream extends RTCStats {
  readonly kind?: string;
  readonly packetsLost?: number;
  /** Since its last word, 0 to 1. */
  readonly fractionLost?: number;
}

export interface RtpStreams {
  readonly inbound: readonly InboundStream[];
  readonly outbound: readonly OutboundStream[];
  readonly remote: readonly RemoteStream[];
}

/** The streams of one link, out of everything that WebRTC tells about it. */
export function rtpStreams(report: RTCStatsReport): RtpStreams {
  const entries = [...report.values()] as RTCStats[];
  const ofType = <Stream extends RTCStats>(type: RTCStatsType): Stream[] =>
    entries.filter((entry): entry is Stream => entry.type === type);
  return { inbound: ofType("inbound-rtp"), outbound: ofType("outbound-rtp"), remote: ofType("remote-inbound-rtp") };
}
