import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CHROMIUM, joinSignals, MemberPage, openLinks } from "./pages.ts";
import { raiseStage } from "./stage.ts";

const PATIENCE = { timeout: 20_000, interval: 100 };

describe.skipIf(CHROMIUM === null)("two pages in one Chromium (needs Chromium)", { timeout: 60_000 }, () => {
  const context = raiseStage();
  let ann: MemberPage;
  let ben: MemberPage;

  beforeEach(async () => {
    [ann, ben] = await Promise.all([MemberPage.open(context(), 0), MemberPage.open(context(), 1)]);
    joinSignals(ann, ben);
    await Promise.all([ann.prepare(), ben.prepare(), ann.playFrom(ben), ben.playFrom(ann)]);
  });
  afterEach(async () => {
    await Promise.all([ann.page.close(), ben.page.close()]);
  });

  async function giveAllKeys(): Promise<void> {
    await Promise.all([ann.useSendKey(), ben.useSendKey(), ann.giveReceiveKeyOf(ben), ben.giveReceiveKeyOf(ann)]);
  }

  async function waitForMedia(side: MemberPage, least = { pictures: 20, sounds: 40 }): Promise<void> {
    await vi.waitFor(async () => {
      const statistics = await side.statistics();
      expect(statistics).toMatchObject({ state: "connected", path: "direct" });
      expect(statistics?.videoFrames).toBeGreaterThan(least.pictures);
      expect(statistics?.audioPackets).toBeGreaterThan(least.sounds);
    }, PATIENCE);
  }

  test("sound and picture arrive both ways, each frame opened", async () => {
    await giveAllKeys();
    await openLinks(ann, ben);
    for (const side of [ann, ben]) {
      await waitForMedia(side);
      const statistics = await side.statistics();
      expect(statistics).toMatchObject({ epoch: 1, framesDropped: 0 });
      expect(statistics?.videoWidth).toBeGreaterThan(100);
      expect(statistics?.framesOpened).toBeGreaterThan(50);
      expect(statistics?.framesSealed).toBeGreaterThan(50);
    }
  });

  test("the voice of the other is heard and its level seen", async () => {
    await giveAllKeys();
    await openLinks(ann, ben);
    await vi.waitFor(async () => {
      const level = await ann.page.evaluate((id) => engineUnderTest.engine.media.level(id), ben.member);
      // The fake microphone beeps once a second.
      expect(level).toBeGreaterThan(0.01);
    }, PATIENCE);
  });

  test("under a wrong key nothing is decoded and every frame is counted as dropped", async () => {
    const wrong = Buffer.alloc(32, 9).toString("base64url");
    await Promise.all([
      ann.useSendKey(),
      ben.useSendKey(),
      ann.giveReceiveKeyOf(ben),
      ben.giveReceiveKeyOf(ann, 1, wrong),
    ]);
    await openLinks(ann, ben);
    await waitForMedia(ann);
    await vi.waitFor(async () => expect((await ben.statistics())?.framesDropped).toBeGreaterThan(60), PATIENCE);
    expect(await ben.statistics()).toMatchObject({ framesOpened: 0, videoFrames: 0, epoch: 0 });
  });

  test("a member's key opens nobody else's frames", async () => {
    await Promise.all([ann.useSendKey(), ben.useSendKey(), ann.giveReceiveKeyOf(ben)]);
    const another = {
      type: "receive-key",
      member: "C".repeat(43),
      index: ann.index,
      epoch: 1,
      baseKey: ann.baseKey,
    } as const;
    await ben.page.evaluate((key) => engineUnderTest.key(key as never), another);
    await openLinks(ann, ben);
    await waitForMedia(ann);
    await vi.waitFor(async () => expect((await ben.statistics())?.framesDropped).toBeGreaterThan(60), PATIENCE);
    expect(await ben.statistics()).toMatchObject({ framesOpened: 0, videoFrames: 0 });
  });

  test("without keys nothing is sent; once they come the picture starts", async () => {
    await openLinks(ann, ben);
    await vi.waitFor(async () => expect(await ann.statistics()).toMatchObject({ state: "connected" }), PATIENCE);
    await vi.waitFor(async () => expect(await unsealed(ann)).toBeGreaterThan(60), PATIENCE);
    for (const side of [ann, ben]) {
      expect(await side.statistics()).toMatchObject({
        audioPackets: 0,
        videoFrames: 0,
        framesSealed: 0,
        framesDropped: 0,
      });
    }
    await giveAllKeys();
    await Promise.all([waitForMedia(ann), waitForMedia(ben)]);
  });

  test("a receive key that comes late costs no more than the frames before it", async () => {
    await Promise.all([ann.useSendKey(), ben.useSendKey(), ann.giveReceiveKeyOf(ben)]);
    await openLinks(ann, ben);
    await vi.waitFor(async () => expect((await ben.statistics())?.framesDropped).toBeGreaterThan(30), PATIENCE);
    await ben.giveReceiveKeyOf(ann);
    await waitForMedia(ben);
  });

  test("a key switch in the call loses no frame", async () => {
    await giveAllKeys();
    await openLinks(ann, ben);
    await waitForMedia(ben);
    const next = Buffer.alloc(32, 3).toString("base64url");
    await ben.giveReceiveKeyOf(ann, 2, next);
    await ann.key({ type: "send-key", index: ann.index, epoch: 2, baseKey: next, use: false });
    await ann.key({ type: "use-send-key", epoch: 2 });
    await vi.waitFor(async () => expect(await ben.statistics()).toMatchObject({ epoch: 2 }), PATIENCE);
    const { videoFrames = 0, audioPackets = 0 } = (await ben.statistics()) ?? {};
    await waitForMedia(ben, { pictures: videoFrames + 20, sounds: audioPackets + 40 });
    expect(await ben.statistics()).toMatchObject({ framesDropped: 0 });
  });

  test("when all keys are forgotten both ways fall silent", async () => {
    await giveAllKeys();
    await openLinks(ann, ben);
    await waitForMedia(ben);
    await ann.key({ type: "forget-all" });
    const before = await unsealed(ann);
    await vi.waitFor(async () => expect(await unsealed(ann)).toBeGreaterThan(before + 60), PATIENCE);
    const sealed = (await ann.statistics())?.framesSealed;
    await vi.waitFor(async () => expect(await unsealed(ann)).toBeGreaterThan(before + 120), PATIENCE);
    expect((await ann.statistics())?.framesSealed).toBe(sealed);
  });

  test("to somebody whom the host names no more nothing goes out, though the link is open and the other still heard", async () => {
    await giveAllKeys();
    await openLinks(ann, ben);
    await Promise.all([waitForMedia(ann), waitForMedia(ben)]);
    await ann.key({ type: "recipients", members: [] });
    const before = await unsealed(ann);
    await vi.waitFor(async () => expect(await unsealed(ann)).toBeGreaterThan(before + 30), PATIENCE);
    const { framesOpened = 0 } = (await ben.statistics()) ?? {};
    const { audioPackets = 0 } = (await ann.statistics()) ?? {};
    await waitForMedia(ann, { pictures: 0, sounds: audioPackets + 40 });
    expect(await ben.statistics()).toMatchObject({ state: "connected", framesOpened });
  });

  test("a camera that is switched off and on, and a muted microphone, need no new offer", async () => {
    await giveAllKeys();
    await openLinks(ann, ben);
    await waitForMedia(ben);
    const offers = offersOf(ann);
    await ann.page.evaluate(() => engineUnderTest.engine.media.setCamera(false));
    await vi.waitFor(async () => expect((await ben.statistics())?.videoFramesPerSecond).toBe(0), PATIENCE);
    await ann.page.evaluate(() => engineUnderTest.engine.media.setMicrophone(false));
    const { videoFrames = 0, audioPackets = 0 } = (await ben.statistics()) ?? {};
    await ann.page.evaluate(() => engineUnderTest.engine.media.setCamera(true));
    await waitForMedia(ben, { pictures: videoFrames + 20, sounds: audioPackets + 100 });
    expect(offersOf(ann)).toBe(offers);
  });

  test("a shared screen arrives beside the camera and goes without a new offer", async () => {
    await giveAllKeys();
    await openLinks(ann, ben);
    await waitForMedia(ben);
    const offers = offersOf(ann);
    await ann.page.evaluate(() => engineUnderTest.engine.media.startScreen());
    const width = () => ben.page.evaluate(() => document.querySelector<HTMLVideoElement>("video#screen")?.videoWidth);
    await vi.waitFor(async () => expect(await width()).toBeGreaterThan(0), PATIENCE);
    await ann.page.evaluate(() => engineUnderTest.engine.media.stopScreen());
    expect(await ann.page.evaluate(() => engineUnderTest.engine.media.local().screen.on)).toBe(false);
    expect(offersOf(ann)).toBe(offers);
  });

  test("a link whose certificate is not the expected one is refused", async () => {
    await giveAllKeys();
    const wrong = "ab".repeat(32) as never;
    const benPrint = await ben.fingerprint();
    await ann.apply({ type: "open-link", member: ben.member, generation: 1, initiator: true, fingerprint: benPrint });
    await ben.apply({ type: "open-link", member: ann.member, generation: 1, initiator: false, fingerprint: wrong });
    await vi.waitFor(() => {
      const lost = { type: "link-state", member: ann.member, generation: 1, state: "lost", path: "none" };
      expect(ben.reports).toContainEqual(lost);
    }, PATIENCE);
    expect(await ben.statistics()).toMatchObject({ state: "lost", audioPackets: 0, videoFrames: 0 });
  });
});

/** How often this side has described the link: at its beginning, and never again if nothing is renegotiated. */
function offersOf(side: MemberPage): number {
  return side.reports.filter((report) => report.type === "signal" && report.data.includes('"sdp"')).length;
}

function unsealed(side: MemberPage): Promise<number> {
  return side.page.evaluate(() => engineUnderTest.unsealed());
}
