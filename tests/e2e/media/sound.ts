import { seededRandom } from "../../support/seeded-random.ts";
import type { MemberPage } from "./pages.ts";

export const SAMPLES_A_SECOND = 48_000;

/** Says of about this share of packets that they are lost, in the same order in every run. */
export function losses(share: number): () => boolean {
  const random = seededRandom(5);
  return () => (random.bytes(1)[0] ?? 0) < share * 256;
}

/** Counts of sound in one link's statistics while it runs, every 50 ms. */
interface WatchedSound {
  /** Bytes of each packet that was sent, as far as packets can be told from each other. */
  readonly sizes: readonly number[];
  readonly lost: number;
  readonly received: number;
  readonly samples: number;
  readonly concealed: number;
  /** The longest stretch in which sound was made up, in samples. */
  readonly longest: number;
}

/** Watching for more packets to be lost ends after so long in any case, in ms. */
const MOST_WATCHED_MS = 60_000;

/**
 * Watches what comes in and goes out as sound of the page that was joined last: for so long, and until at least so many of the
 * packets that should have come in are lost.
 */
export function watchSound(side: MemberPage, ms: number, leastLost = 0): Promise<WatchedSound> {
  const plan = { duration: ms, least: leastLost, most: MOST_WATCHED_MS };
  return side.page.evaluate(async ({ duration, least, most }) => {
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
    const began = performance.now();
    const passed = (): number => performance.now() - began;
    while (passed() < duration || (last.lost - first.lost < least && passed() < most)) {
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
  }, plan);
}

/** How many bytes a packet of a page's own sound has now; 0 if none went out. */
export async function packetSize(side: MemberPage): Promise<number> {
  return (await watchSound(side, 300)).sizes.at(-1) ?? 0;
}
