import type { Client } from "./client.ts";

/**
 * Makes a client believe that all its links share an uplink of so many bit/s: those on which pictures go get equal parts
 * of it, as their congestion controls would find out, and the others are told that there is little. It holds until the page ends.
 */
export async function narrowUplink(client: Client, bitsPerSecond: number): Promise<void> {
  await client.page.evaluate((uplink) => {
    /** Beside pictures each link has its sound. */
    const SOUND = 64_000;
    const IDLE = 60_000;
    const ACTIVE_FOR_MS = 2_500;
    const original = RTCPeerConnection.prototype.getStats;
    const active = new Map<RTCPeerConnection, { frames: number; at: number }>();

    const watch = (connection: RTCPeerConnection, entries: readonly RTCStats[]): void => {
      const frames = entries
        .filter((entry): entry is RTCOutboundRtpStreamStats => entry.type === "outbound-rtp")
        .reduce((sum, { framesSent = 0 }) => sum + framesSent, 0);
      const known = active.get(connection);
      if (known === undefined || frames > known.frames) active.set(connection, { frames, at: performance.now() });
    };

    RTCPeerConnection.prototype.getStats = async function (this: RTCPeerConnection) {
      const report = await original.call(this);
      const entries = [...report.values()] as RTCStats[];
      watch(this, entries);
      const isActive = (connection: RTCPeerConnection): boolean =>
        performance.now() - (active.get(connection)?.at ?? 0) < ACTIVE_FOR_MS;
      const sharers = [...active.keys()].filter((one) => one.connectionState === "connected" && isActive(one)).length;
      const part = SOUND + (isActive(this) ? uplink / Math.max(1, sharers) : IDLE);
      const narrowed = entries.map((entry) => {
        const estimate = (entry as RTCIceCandidatePairStats).availableOutgoingBitrate;
        const changed =
          estimate === undefined ? entry : { ...entry, availableOutgoingBitrate: Math.min(estimate, part) };
        return [entry.id, changed] as const;
      });
      return new Map(narrowed);
    };
  }, bitsPerSecond);
}
