import { afterEach, describe, expect, test, vi } from "vitest";
import { CHROMIUM, joinAllSignals, MemberPage, openLinks } from "./pages.ts";
import { raiseStage } from "./stage.ts";

const PATIENCE = { timeout: 30_000, interval: 100 };

/** Sizes of the pictures that the links' own encoders of a page make, from WebRTC's statistics. */
function encodedWidths(page: MemberPage): Promise<number[]> {
  return page.page.evaluate(async () => {
    const reports = await Promise.all(globalThis.connectionsUnderTest.map((connection) => connection.getStats()));
    return reports
      .flatMap((report) => [...report.values()] as RTCOutboundRtpStreamStats[])
      .filter(({ type, kind }) => type === "outbound-rtp" && kind === "video")
      .map(({ frameWidth }) => frameWidth ?? 0)
      .filter((width) => width > 0);
  });
}

describe.skipIf(CHROMIUM === null)("pictures that are encoded once (needs Chromium)", { timeout: 90_000 }, () => {
  const context = raiseStage();
  let open: MemberPage[] = [];

  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ page }) => page.close()));
  });

  async function pages(queries: readonly string[]): Promise<MemberPage[]> {
    open = await Promise.all(queries.map((query, index) => MemberPage.open(context(), index, query)));
    joinAllSignals(open);
    await Promise.all(open.map((page) => page.prepare()));
    await Promise.all(open.map((page) => page.useSendKey()));
    for (const one of open) {
      await Promise.all(open.filter((other) => other !== one).map((other) => one.giveReceiveKeyOf(other)));
    }
    return open;
  }

  async function seen(by: MemberPage, of: MemberPage, least = 20): Promise<void> {
    await vi.waitFor(async () => {
      const statistics = await by.statistics(of);
      expect(statistics?.videoFrames ?? 0).toBeGreaterThan(least);
      expect(statistics?.videoWidth ?? 0).toBeGreaterThanOrEqual(320);
    }, PATIENCE);
  }

  test("reach two members though each link's own encoder makes pictures of 32 pixels", async () => {
    const [ann, ben, chi] = await pages(["", "", ""]);
    if (ann === undefined || ben === undefined || chi === undefined) throw new Error("three pages");
    await Promise.all([openLinks(ann, ben), openLinks(ann, chi), openLinks(ben, chi)]);
    for (const one of open) for (const other of open) if (one !== other) await seen(one, other);
    const widths = await encodedWidths(ann);
    expect(widths).toEqual([32, 32]);
    expect((await ben.statistics(ann))?.framesDropped).toBe(0);
  });

  test("leave as the same sealed bytes on every link", async () => {
    const [ann, ben, chi] = await pages(["", "?capture", "?capture"]);
    if (ann === undefined || ben === undefined || chi === undefined) throw new Error("three pages");
    await Promise.all([openLinks(ann, ben), openLinks(ann, chi)]);
    const pictures = async (page: MemberPage): Promise<Set<string>> => {
      const captured = await page.page.evaluate(() => engineUnderTest.captured());
      return new Set(captured.filter(({ kind }) => kind === "camera").map(({ bytes }) => bytes.join()));
    };
    await vi.waitFor(async () => {
      const [left, right] = await Promise.all([pictures(ben), pictures(chi)]);
      expect([...left].filter((bytes) => right.has(bytes)).length).toBeGreaterThan(10);
    }, PATIENCE);
  });

  test("go on for the one while another comes and goes", async () => {
    const [ann, ben, chi] = await pages(["", "", ""]);
    if (ann === undefined || ben === undefined || chi === undefined) throw new Error("three pages");
    await openLinks(ann, ben);
    await seen(ben, ann);
    await openLinks(ann, chi);
    await seen(chi, ann);
    await ann.apply({ type: "close-link", member: chi.member });
    const before = (await ben.statistics(ann))?.videoFrames ?? 0;
    await seen(ben, ann, before + 20);
    expect(await ben.statistics(ann)).toMatchObject({ framesDropped: 0, state: "connected" });
  });

  test.each([
    ["once", ""],
    ["for each", "?each"],
  ])("encoded %s follow the size at which they are shown", async (_, query) => {
    const [ann, ben] = await pages([query, ""]);
    if (ann === undefined || ben === undefined) throw new Error("two pages");
    await openLinks(ann, ben);
    await seen(ben, ann);
    const show = (width: number) =>
      ben.page.evaluate(([of, wide]) => engineUnderTest.show(of, wide), [ann.member, width] as const);
    const widthIs = (width: number) =>
      vi.waitFor(async () => expect((await ben.statistics(ann))?.videoWidth).toBe(width), PATIENCE);
    await widthIs(640);
    await show(200);
    await widthIs(320);
    await show(640);
    await widthIs(640);
    await show(0);
    const count = async (): Promise<number> => (await ben.statistics(ann))?.videoFrames ?? 0;
    await vi.waitFor(async () => expect((await ben.statistics(ann))?.videoFramesPerSecond).toBe(0), PATIENCE);
    const before = await count();
    await show(640);
    await vi.waitFor(async () => expect(await count()).toBeGreaterThan(before + 20), PATIENCE);
  });

  test("go on while a frame of the camera is kept somewhere: Chromium lends only two at a time", async () => {
    const [ann, ben] = await pages(["", ""]);
    if (ann === undefined || ben === undefined) throw new Error("two pages");
    await ann.page.evaluate(() => engineUnderTest.keepCameraFrame());
    await openLinks(ann, ben);
    await Promise.all([seen(ann, ben), seen(ben, ann)]);
  });

  test("go the plain way where they must, to the same others", async () => {
    const [ann, ben] = await pages(["?each", ""]);
    if (ann === undefined || ben === undefined) throw new Error("two pages");
    await openLinks(ann, ben);
    await Promise.all([seen(ann, ben), seen(ben, ann)]);
    for (const width of await encodedWidths(ann)) expect(width).toBeGreaterThan(32);
  });
});
