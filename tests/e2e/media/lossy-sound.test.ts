import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { seededRandom } from "../../support/seeded-random.ts";
import { CHROMIUM, MemberPage, openLinks } from "./pages.ts";
import { raiseStage } from "./stage.ts";
import { joinThrough, UdpPath } from "./udp-path.ts";

const PATIENCE = { timeout: 30_000, interval: 50 };
const SAMPLES_A_SECOND = 48_000;

/** What is lost of all packets that go either way: until it is noticed, and while it is looked at. */
const MUCH = 0.15;
const SOME = 0.05;

function losses(share: number): () => boolean {
  const random = seededRandom(5);
  return () => (random.bytes(1)[0] ?? 0) < share * 256;
}

/** Counts of sound in one link's statistics while it runs, every 50 ms. */
interface Watched {
  /** Bytes of each packet that was sent, as far as packets can be told from each other. */
  readonly sizes: readonly number[];
  readonly lost: number;
  readonly received: number;
  readonly samples: number;
  readonly concealed: number;
  /** The longest stretch in which sound was made up, in samples. */
  readonly longest: number;
}

function watchSound(side: MemberPage, ms: number): Promise<Watched> {
  return side.page.evaluate(async (duration) => {
    const connection = globalThis.connectionsUnderTest.findLast(
      ({ connectionState }) => connectionState === "connected",
    );
    const look = async () => {
      const entries = [...((await connection?.getStats())?.values() ?? [])] as (RTCInboundRtpStreamStats &
        RTCOutboundRtpStreamStats)[];
      const of = (type: string) => entries.find((entry) => entry.type === type && entry.kind === "audio");
      const [into, out] = [of("inbound-rtp"), of("outbound-rtp")];
      return {
        lost: into?.packetsLost ?? 0,
        received: into?.packetsReceived ?? 0,
        samples: into?.totalSamplesReceived ?? 0,
        concealed: (into?.concealedSamples ?? 0) - (into?.silentConcealedSamples ?? 0),
        packets: out?.packetsSent ?? 0,
        bytes: out?.bytesSent ?? 0,
      };
    };
    const sizes: number[] = [];
    const first = await look();
    let [last, longest, stretch] = [first, 0, 0];
    const end = performance.now() + duration;
    while (performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const now = await look();
      if (now.packets > last.packets) sizes.push((now.bytes - last.bytes) / (now.packets - last.packets));
      stretch = now.concealed > last.concealed ? stretch + now.concealed - last.concealed : 0;
      longest = Math.max(longest, stretch);
      last = now;
    }
    return {
      sizes,
      lost: last.lost - first.lost,
      received: last.received - first.received,
      samples: last.samples - first.samples,
      concealed: last.concealed - first.concealed,
      longest,
    };
  }, ms);
}

describe.skipIf(CHROMIUM === null)("sound on a path that loses packets (needs Chromium)", { timeout: 90_000 }, () => {
  const context = raiseStage();
  let path: UdpPath;
  let ann: MemberPage;
  let ben: MemberPage;

  beforeEach(async () => {
    path = new UdpPath();
    [ann, ben] = await Promise.all([MemberPage.open(context(), 0), MemberPage.open(context(), 1)]);
    joinThrough(path, ann, ben);
    await Promise.all([ann.prepare(), ben.prepare(), ann.playFrom(ben), ben.playFrom(ann)]);
    await Promise.all([ann.useSendKey(), ben.useSendKey(), ann.giveReceiveKeyOf(ben), ben.giveReceiveKeyOf(ann)]);
    await openLinks(ann, ben);
    await vi.waitFor(async () => {
      for (const side of [ann, ben]) expect((await side.statistics())?.audioPackets).toBeGreaterThan(10);
    }, PATIENCE);
  });
  afterEach(async () => {
    await Promise.all([ann.page.close(), ben.page.close()]);
    path.close();
  });

  async function sizeNow(side: MemberPage): Promise<number> {
    return (await watchSound(side, 300)).sizes.at(-1) ?? 0;
  }

  function statesOf(side: MemberPage): string[] {
    return side.reports.flatMap((report) => (report.type === "link-state" ? [report.state] : []));
  }

  test("is sent twice after some seconds, also after the path has broken, and hardly any is made up", async () => {
    const sides = [ann, ben];
    const once = Math.max(...(await Promise.all(sides.map(sizeNow))));
    const isTwice = async (side: MemberPage): Promise<void> => expect(await sizeNow(side)).toBeGreaterThan(once * 1.6);
    path.lose(losses(MUCH));
    await vi.waitFor(() => Promise.all(sides.map(isTwice)), PATIENCE);
    path.lose(losses(SOME));
    for (const heard of await Promise.all(sides.map((side) => watchSound(side, 6_000)))) {
      expect(heard.lost / (heard.lost + heard.received), "lost").toBeGreaterThan(SOME / 2);
      expect(heard.concealed / heard.samples, "made up").toBeLessThan(0.03);
      expect(heard.longest / SAMPLES_A_SECOND, "the longest gap").toBeLessThan(0.2);
      // Packets whose sizes follow the sound would tell of it.
      expect(Math.max(...heard.sizes) - Math.min(...heard.sizes), "sizes").toBeLessThan(4);
    }
    path.cut();
    await vi.waitFor(() => expect(statesOf(ann)).toContain("connecting"), PATIENCE);
    path.mend();
    await vi.waitFor(
      () => expect(sides.map((side) => statesOf(side).at(-1))).toEqual(["connected", "connected"]),
      PATIENCE,
    );
    await vi.waitFor(() => Promise.all(sides.map(isTwice)), PATIENCE);
    expect(statesOf(ann)).not.toContain("lost");
  });
});
