import { ipGroup, ipScope } from "../base/ip.ts";
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

/** How far the media goes: inside this machine, on a local network, over the internet, directly by a way unknown, or by a relay. */
export type LinkRoute = "none" | "machine" | "local" | "internet" | "direct" | "relay";

/** The way that the media takes, as far as the addresses of its two ends tell. Tells no address. */
export function routeOf(report: RTCStatsReport): LinkRoute {
  const path = pathOf(report);
  if (path === "relayed") return "relay";
  const pair = selectedPair(report);
  if (path === "none" || pair === null) return "none";
  const addressOf = (id: string): string => (report.get(id) as { address?: string | null } | undefined)?.address ?? "";
  return routeBetween(addressOf(pair.localCandidateId), addressOf(pair.remoteCandidateId));
}

function routeBetween(own: string, theirs: string): LinkRoute {
  const scope = ipScope(theirs);
  if (scope === "none") return "direct";
  if (scope === "loopback" || own === theirs) return "machine";
  return scope === "public" && ipGroup(own) !== ipGroup(theirs) ? "internet" : "local";
}
