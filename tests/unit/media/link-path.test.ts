import { expect, test } from "vitest";
import { routeOf } from "../../../core/media/link-path.ts";

/** What WebRTC tells of a link between two candidates. */
function report(own: Record<string, unknown>, theirs: Record<string, unknown>): RTCStatsReport {
  const entries = [
    { id: "t", type: "transport", selectedCandidatePairId: "p" },
    { id: "p", type: "candidate-pair", localCandidateId: "l", remoteCandidateId: "r" },
    { id: "l", type: "local-candidate", candidateType: "host", ...own },
    { id: "r", type: "remote-candidate", candidateType: "host", ...theirs },
  ];
  return new Map(entries.map((entry) => [entry.id, entry]));
}

test.each([
  ["machine", "127.0.0.1", "127.0.0.1"],
  ["machine", "192.168.1.7", "192.168.1.7"],
  ["local", "192.168.1.7", "192.168.1.9"],
  ["local", "fe80::1", "fe80::2"],
  ["local", "2001:db8:1:2::7", "2001:db8:1:2::9"],
  ["internet", "2001:db8:1:2::7", "2001:db8:9:9::9"],
  ["internet", "192.168.1.7", "203.0.113.5"],
  ["direct", "192.168.1.7", "0f0c5c1e-0000-4000-8000-000000000000.local"],
] as const)("a link is %s between %s and %s", (route, own, theirs) => {
  expect(routeOf(report({ address: own }, { address: theirs }))).toBe(route);
});

test("a link is by a relay if either end is one, whatever their addresses", () => {
  const relay = { candidateType: "relay", address: "203.0.113.5" };
  expect(routeOf(report(relay, { address: "192.168.1.9" }))).toBe("relay");
  expect(routeOf(report({ address: "192.168.1.9" }, relay))).toBe("relay");
});

test("a link without an address to tell is direct, and none before there is a pair", () => {
  expect(routeOf(report({ address: null }, { address: null }))).toBe("direct");
  expect(routeOf(new Map())).toBe("none");
});
