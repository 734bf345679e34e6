import type { MemberId } from "../../core/contract/parts.ts";
import type { MediaLink } from "../../core/media/link.ts";
import { routeOf, selectedPair } from "../../core/media/link-path.ts";
import type { Slots } from "../../core/media/slots.ts";
import type { FrameCounts } from "../frames/messages.ts";
import type { LinkStatistics } from "./call-media.ts";
import { rtpStreams, type OutboundStream } from "./rtp-streams.ts";

export interface StatisticsSource {
  readonly member: MemberId;
  readonly link: MediaLink;
  /** Null before the transceivers are there. */
  readonly slots: Slots | null;
  readonly counts: readonly FrameCounts[];
  /** The way of a camera that somebody else passes on; null where it comes by the link itself. */
  readonly passed: PassedCamera | null;
}

export interface PassedCamera {
  readonly by: MemberId;
  readonly link: MediaLink;
  readonly mid: string | null;
  readonly laterMs: number;
}

/** What was counted of one link, and what the link's own encoders put out. */
export interface LinkCounts {
  readonly link: LinkStatistics;
  readonly outbound: readonly OutboundStream[];
}

function sumOf<Of extends string>(counts: readonly { readonly [Name in Of]?: number | undefined }[], of: Of): number {
  return counts.reduce((sum, count) => sum + (count[of] ?? 0), 0);
}

/** Everything counted about one link, from WebRTC's own statistics and from the frames worker. */
export async function countLink({ member, link, slots, counts, passed }: StatisticsSource): Promise<LinkCounts> {
  const report = await link.statistics();
  const pair = selectedPair(report);
  const { inbound, outbound, remote } = rtpStreams(report);
  const of = (mid: string | null | undefined, among = inbound) =>
    among.find((stream) => typeof mid === "string" && stream.mid === mid);
  const sound = of(slots?.microphone.mid);
  const picture =
    passed === null ? of(slots?.camera.mid) : of(passed.mid, rtpStreams(await passed.link.statistics()).inbound);
  const screen = of(slots?.screen.mid);
  const roundTrip = pair?.currentRoundTripTime;
  const statistics: LinkStatistics = {
    member,
    state: link.state,
    path: link.path,
    route: routeOf(report),
    roundTripMs: roundTrip === undefined ? null : roundTrip * 1000,
    audioPackets: sound?.packetsReceived ?? 0,
    packetsReceived: sumOf(inbound, "packetsReceived"),
    packetsLost: sumOf(inbound, "packetsLost"),
    packetsSent: sumOf(outbound, "packetsSent"),
    packetsLostThere: sumOf(remote, "packetsLost"),
    soundSamples: sound?.totalSamplesReceived ?? 0,
    concealedSamples: Math.max(0, (sound?.concealedSamples ?? 0) - (sound?.silentConcealedSamples ?? 0)),
    videoFrames: picture?.framesDecoded ?? 0,
    videoFramesPerSecond: picture?.framesPerSecond ?? 0,
    videoWidth: picture?.frameWidth ?? 0,
    videoHeight: picture?.frameHeight ?? 0,
    screenFramesPerSecond: screen?.framesPerSecond ?? 0,
    screenWidth: screen?.frameWidth ?? 0,
    screenHeight: screen?.frameHeight ?? 0,
    cameraBy: passed?.by ?? null,
    cameraLaterMs: passed?.laterMs ?? 0,
    videoFramesTooLate: sumOf(inbound, "framesDropped"),
    bytesReceived: pair?.bytesReceived ?? 0,
    bytesSent: pair?.bytesSent ?? 0,
    framesOpened: sumOf(counts, "opened"),
    framesDropped: sumOf(counts, "dropped"),
    framesForged: sumOf(counts, "forged"),
    framesKeyless: sumOf(counts, "keyless"),
    framesSealed: sumOf(counts, "sealed"),
    epoch: counts.reduce((latest, { epoch }) => Math.max(latest, epoch), 0),
  };
  return { link: statistics, outbound };
}
