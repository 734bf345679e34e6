import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CHROMIUM, openLinks, type MemberPage } from "./pages.ts";
import { losses, packetSize, SAMPLES_A_SECOND, watchSound } from "./sound.ts";
import { raiseStage } from "./stage.ts";
import { meetOnPath, type UdpPath } from "./udp-path.ts";

const PATIENCE = { timeout: 30_000, interval: 50 };

/** What is lost of all packets that go either way: until it is noticed, and while it is looked at. */
const MUCH = 0.15;
const SOME = 0.05;
/** Packets of sound in each direction, of some 150. */
const LEAST_LOST = 6;

describe.skipIf(CHROMIUM === null)("sound on a path that loses packets (needs Chromium)", { timeout: 90_000 }, () => {
  const context = raiseStage();
  let path: UdpPath;
  let ann: MemberPage;
  let ben: MemberPage;

  beforeEach(async () => {
    ({ path, ann, ben } = await meetOnPath(context()));
    await openLinks(ann, ben);
    await vi.waitFor(async () => {
      for (const side of [ann, ben]) expect((await side.statistics())?.audioPackets).toBeGreaterThan(10);
    }, PATIENCE);
  });
  afterEach(async () => {
    await Promise.all([ann.page.close(), ben.page.close()]);
    path.close();
  });

  function statesOf(side: MemberPage): string[] {
    return side.reports.flatMap((report) => (report.type === "link-state" ? [report.state] : []));
  }

  test("is sent twice after some seconds, also after the path has broken, and hardly any is made up", async () => {
    const sides = [ann, ben];
    const once = Math.max(...(await Promise.all(sides.map(packetSize))));
    const isTwice = async (side: MemberPage): Promise<void> =>
      expect(await packetSize(side)).toBeGreaterThan(once * 1.6);
    path.lose(losses(MUCH));
    await vi.waitFor(() => Promise.all(sides.map(isTwice)), PATIENCE);
    path.lose(losses(SOME));
    for (const heard of await Promise.all(sides.map((side) => watchSound(side, 6_000, LEAST_LOST)))) {
      expect(heard.lost, "lost").toBeGreaterThanOrEqual(LEAST_LOST);
      expect(heard.concealed / heard.samples, "made up").toBeLessThan(0.03);
      expect(heard.longest / SAMPLES_A_SECOND, "the longest gap").toBeLessThan(0.2);
      // Packets whose sizes follow the sound would tell of it.
      expect(Math.max(...heard.sizes) - Math.min(...heard.sizes), "sizes").toBeLessThan(4);
    }
    path.cut();
    await vi.waitFor(() => expect(sides.flatMap(statesOf)).toContain("connecting"), PATIENCE);
    path.mend();
    await vi.waitFor(
      () => expect(sides.map((side) => statesOf(side).at(-1))).toEqual(["connected", "connected"]),
      PATIENCE,
    );
    await vi.waitFor(() => Promise.all(sides.map(isTwice)), PATIENCE);
    expect(sides.flatMap(statesOf)).not.toContain("lost");
  });
});
