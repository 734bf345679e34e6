import type { MemberId } from "../../core/contract/parts.ts";
import type { MediaLink } from "../../core/media/link.ts";
import { selectedPair } from "../../core/media/link-path.ts";
import type { Slots } from "../../core/media/slots.ts";
import type { FrameCounts } from "../frames/messages.ts";
import type { LinkStatistics } from "./call-media.ts";

export interface StatisticsSource {
  readonly member: MemberId;
  readonly link: MediaLink;
  /** Null before the transceivers are there. */
  readonly slots: Slots | null;
  readonly counts: readonly FrameCounts[];
}

function inbound(report: RTCStatsReport, mid: string | null | undefined): RTCInboundRtpStreamStats | null {
  if (mid === null || mid === undefined) return null;
  for (const entry of report.values()) {
    const stream = entry as RTCInboundRtpStreamStats;
    if (stream.type === "inbound-rtp" && stream.mid === mid) return stream;
  }
  return null;
}

function sumOf(counts: readonly FrameCounts[], of: "sealed" | "opened" | "dropped"): number {
  return counts.reduce((sum, count) => sum + count[of], 0);
}

/** Everything counted about one link, from WebRTC's own statistics and from the frames worker. */
export async function linkStatistics({ member, link, slots, counts }: StatisticsSource): Promise<LinkStatistics> {
  const report = await link.statistics();
  const pair = selectedPair(report);
  const sound = inbound(report, slots?.microphone.mid);
  const picture = inbound(report, slots?.camera.mid);
  const roundTrip = pair?.currentRoundTripTime;
  return {
    member,
    state: link.state,
    path: link.path,
    roundTripMs: roundTrip === undefined ? null : roundTrip * 1000,
    audioPackets: sound?.packetsReceived ?? 0,
    videoFrames: picture?.framesDecoded ?? 0,
    videoFramesPerSecond: picture?.framesPerSecond ?? 0,
    videoWidth: picture?.frameWidth ?? 0,
    videoHeight: picture?.frameHeight ?? 0,
    bytesReceived: pair?.bytesReceived ?? 0,
    bytesSent: pair?.bytesSent ?? 0,
    framesOpened: sumOf(counts, "opened"),
    framesDropped: sumOf(counts, "dropped"),
    framesSealed: sumOf(counts, "sealed"),
    epoch: counts.reduce((latest, { epoch }) => Math.max(latest, epoch), 0),
  };
}
