import type { MemberId } from "../../core/contract/parts.ts";
import type { CallStatistics, LinkStatistics } from "../../renderer/rtc/call-media.ts";

/** What a link to a member counts after ten seconds of a call, as Chromium gives it. */
export function sampleLink(member: MemberId, changes: Partial<LinkStatistics> = {}): LinkStatistics {
  return {
    member,
    state: "connected",
    path: "direct",
    route: "local",
    roundTripMs: 3.4,
    audioPackets: 250,
    packetsReceived: 900,
    packetsLost: 3,
    packetsSent: 880,
    packetsLostThere: 1,
    soundSamples: 480_000,
    concealedSamples: 960,
    videoFrames: 240,
    videoFramesPerSecond: 24,
    videoWidth: 640,
    videoHeight: 360,
    screenFramesPerSecond: 0,
    screenWidth: 0,
    screenHeight: 0,
    cameraBy: null,
    cameraLaterMs: 0,
    videoFramesTooLate: 0,
    bytesReceived: 700_000,
    bytesSent: 690_000,
    framesOpened: 490,
    framesDropped: 4,
    framesForged: 0,
    framesKeyless: 3,
    framesSealed: 480,
    epoch: 1,
    ...changes,
  };
}

/** The counts of a call with these members, in which everybody gets a picture of 640x360. */
export function sampleCounts(members: readonly MemberId[], atMs = 10_000): CallStatistics {
  const layer = { kind: "camera", width: 640, height: 360, framesPerSecond: 24 } as const;
  return {
    atMs,
    links: members.map((member) => sampleLink(member)),
    sending: {
      layers: [layer],
      sent: members.map((member) => ({ member, layer, heldBack: null })),
      hardware: false,
      mostFramesPerSecond: null,
    },
    passedOn: 0,
  };
}
