import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RECOVERY_LIMIT_MS } from "../../../core/media/link.ts";
import { PACKET_MS } from "../../../core/media/sdp.ts";
import { CHROMIUM, openLinks, type MemberPage } from "./pages.ts";
import { raiseStage } from "./stage.ts";
import { meetOnPath, type UdpPath } from "./udp-path.ts";

const PATIENCE = { timeout: 25_000, interval: 50 };

function statesOf(side: MemberPage): string[] {
  return side.reports.flatMap((report) => (report.type === "link-state" ? [report.state] : []));
}

describe.skipIf(CHROMIUM === null)("a link whose path fails (needs Chromium)", { timeout: 90_000 }, () => {
  const context = raiseStage();
  let path: UdpPath;
  let ann: MemberPage;
  let ben: MemberPage;

  beforeEach(async () => {
    ({ path, ann, ben } = await meetOnPath(context()));
    await openLinks(ann, ben);
    await vi.waitFor(() => {
      expect(statesOf(ann)).toEqual(["connected"]);
      expect(statesOf(ben)).toEqual(["connected"]);
    }, PATIENCE);
  });
  afterEach(async () => {
    await Promise.all([ann.page.close(), ben.page.close()]);
    path.close();
  });

  async function picturesGoOn(side: MemberPage): Promise<void> {
    const before = (await side.statistics())?.videoFrames ?? 0;
    await vi.waitFor(async () => expect((await side.statistics())?.videoFrames).toBeGreaterThan(before + 10), PATIENCE);
  }

  test("is mended by an ICE restart once the path is back", async () => {
    path.cut();
    const all = (): string[] => [...statesOf(ann), ...statesOf(ben)];
    // Chromium may notice it seconds earlier on one side than on the other, and neither waits long.
    await vi.waitFor(() => expect(all()).toContain("connecting"), PATIENCE);
    path.mend();
    await vi.waitFor(
      () => expect([statesOf(ann).at(-1), statesOf(ben).at(-1)]).toEqual(["connected", "connected"]),
      PATIENCE,
    );
    await Promise.all([picturesGoOn(ann), picturesGoOn(ben)]);
    expect(all()).not.toContain("lost");
  });

  test("stays up for the side that noticed nothing when the other asks for a restart", async () => {
    const credentials = (): Promise<string | undefined> =>
      ben.page.evaluate(
        () => /a=ice-ufrag:(\S+)/.exec(globalThis.connectionsUnderTest.at(-1)?.remoteDescription?.sdp ?? "")?.[1],
      );
    const before = await credentials();
    const data = JSON.stringify({ type: "restart-request" });
    await ann.apply({ type: "signal", member: ben.member, generation: 1, data });
    await vi.waitFor(async () => expect(await credentials()).not.toBe(before), PATIENCE);
    const heard = async (): Promise<number> => (await ann.statistics())?.audioPackets ?? 0;
    const enough = (await heard()) + (1.2 * RECOVERY_LIMIT_MS) / PACKET_MS;
    await vi.waitFor(async () => expect(await heard()).toBeGreaterThan(enough), PATIENCE);
    await Promise.all([picturesGoOn(ann), picturesGoOn(ben)]);
    expect([statesOf(ann), statesOf(ben)]).toEqual([["connected"], ["connected"]]);
  });

  test("is given up when the restart does not help, and a new generation takes its place", async () => {
    path.cut();
    await vi.waitFor(() => {
      expect(statesOf(ann)).toEqual(["connected", "connecting", "lost"]);
      expect(statesOf(ben).at(-1)).toBe("lost");
    }, PATIENCE);
    path.mend();
    await openLinks(ann, ben, 2);
    await vi.waitFor(
      () => expect([statesOf(ann).at(-1), statesOf(ben).at(-1)]).toEqual(["connected", "connected"]),
      PATIENCE,
    );
    await Promise.all([picturesGoOn(ann), picturesGoOn(ben)]);
  });
});
