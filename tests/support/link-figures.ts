import type { LinkStatistics } from "../../renderer/rtc/call-media.ts";
import type { Client } from "./client.ts";

declare global {
  /** Read-only counts that the page offers to tests; see renderer/app. */
  var vigilStatistics: (() => Promise<readonly LinkStatistics[]>) | undefined;
}

/** The counts of every link of this client, with the other member's name as its tile shows it. */
export interface NamedLink extends LinkStatistics {
  readonly to: string;
}

/** Reads WebRTC's and the frames worker's counts of every link out of the page. Links to members without a tile are named by their id. */
export async function linkFigures(client: Client): Promise<NamedLink[]> {
  return client.page.evaluate(async () => {
    const statistics = (await globalThis.vigilStatistics?.()) ?? [];
    return statistics.map((figures) => {
      const tile = document.querySelector(`figure[data-member="${figures.member}"]`);
      return { ...figures, to: tile?.getAttribute("aria-label") ?? figures.member };
    });
  });
}

/**
 * The loudest sound, 0 to 1, that each member's sound element carried while listening for `ms`; read from the samples themselves,
 * two thirds of a second at a time, so that a page that is kept waiting misses no short sound.
 */
export async function loudestSounds(client: Client, ms: number): Promise<number[]> {
  return client.page.evaluate(async (listenMs) => {
    const context = new AudioContext();
    const meters = [...document.querySelectorAll("audio")]
      .map((element) => element.srcObject)
      .filter((stream) => stream instanceof MediaStream && stream.getAudioTracks().length > 0)
      .map((stream) => {
        const analyser = new AnalyserNode(context, { fftSize: 32_768 });
        context.createMediaStreamSource(stream as MediaStream).connect(analyser);
        return { analyser, samples: new Float32Array(analyser.fftSize), peak: 0 };
      });
    const end = performance.now() + listenMs;
    while (performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      for (const meter of meters) {
        meter.analyser.getFloatTimeDomainData(meter.samples);
        meter.peak = meter.samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), meter.peak);
      }
    }
    await context.close();
    return meters.map(({ peak }) => peak);
  }, ms);
}

/** Whether the client decodes the picture of, and gets sound packets from, exactly these members. */
export async function seesAndHears(client: Client, others: readonly string[]): Promise<boolean> {
  const links = await linkFigures(client);
  return others.every((name) =>
    links.some((link) => link.to === name && link.videoFrames > 0 && link.audioPackets > 0),
  );
}

/** Waits until both counts of the link have grown by `frames` and some sound. */
export async function grows(client: Client, to: string, frames = 12): Promise<void> {
  const find = async (): Promise<NamedLink | undefined> => (await linkFigures(client)).find((link) => link.to === to);
  const first = await find();
  await client.until(`more of ${to}'s picture and sound`, async () => {
    const now = await find();
    // After a new link the counts begin again.
    const base = now !== undefined && first !== undefined && now.framesOpened >= first.framesOpened ? first : undefined;
    const pictures = (now?.videoFrames ?? 0) - (base?.videoFrames ?? 0);
    return pictures >= frames && (now?.audioPackets ?? 0) > (base?.audioPackets ?? 0);
  });
}
