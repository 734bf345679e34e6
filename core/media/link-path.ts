import type { LinkPath } from "../contract/media-messages.ts";

interface Pair extends RTCIceCandidatePairStats {
  readonly type: "candidate-pair";
}

/** The candidate pair that carries the media, or null before there is one. */
export function selectedPair(report: RTCStatsReport): Pair | null {
  for (const entry of report.values()) {
    const transport = entry as RTCTransportStats;
    if (transport.type !== "transport" || transport.selectedCandidatePairId === undefined) continue;
    return (report.get(transport.selectedCandidatePairId) as Pair | undefined) ?? null;
  }
  return null;
}

/** Whether the media goes through a relay on either side. */
export function pathOf(report: RTCStatsReport): LinkPath {
  const pair = selectedPair(report);
  if (pair === null) return "none";
  const ends = [pair.localCandidateId, pair.remoteCandidateId];
  const relayed = ends.some(
    (id) => (report.get(id) as { candidateType?: string } | undefined)?.candidateType === "relay",
  );
  return relayed ? "relayed" : "direct";
}
