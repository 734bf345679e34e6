import { bundlePage } from "../../e2e/media/bundle.ts";
import { launch, openLinks, type MemberPage } from "../../e2e/media/pages.ts";
import { losses, packetSize, SAMPLES_A_SECOND, watchSound } from "../../e2e/media/sound.ts";
import { meetOnPath, type UdpPath } from "../../e2e/media/udp-path.ts";
import { atMost, forComparison, type Measure, type Row } from "../measure.ts";
import { pause } from "../pause.ts";

const LOST = 0.05;
const MADE_UP_PERCENT = 6;
const GAP_MS = 200;
const WATCHED_MS = 30_000;
const PATIENCE_MS = 60_000;

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(100)) {
    if (await condition()) return;
  }
  throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}`);
}

/** How sound gets through a path that loses one packet in twenty, between two pages with the app's own engine, in a call with cameras. */
export const sound: Measure = {
  name: "media-sound",
  async run(say) {
    const bundle = await bundlePage();
    const { browser, context } = await launch(bundle);
    try {
      const { path, ann, ben } = await meetOnPath(context);
      try {
        await openLinks(ann, ben);
        await until("sound", async () => (await packetSize(ann)) > 0 && (await packetSize(ben)) > 0);
        return await watchLoss(path, [ann, ben], say);
      } finally {
        path.close();
      }
    } finally {
      await browser.close();
      await bundle.remove();
    }
  },
};

async function watchLoss(path: UdpPath, sides: readonly MemberPage[], say: (words: string) => void): Promise<Row[]> {
  const once = Math.max(...(await Promise.all(sides.map(packetSize))));
  say("they hear each other; from now on packets are lost");
  const began = performance.now();
  path.lose(losses(LOST));
  await until("sound sent twice", async () => {
    const sizes = await Promise.all(sides.map(packetSize));
    return sizes.every((size) => size > once * 1.5);
  });
  const noticed = (performance.now() - began) / 1000;
  say(`both send twice after ${Math.round(noticed)} s`);
  const twice = Math.max(...(await Promise.all(sides.map(packetSize))));
  const watched = await Promise.all(sides.map((side) => watchSound(side, WATCHED_MS)));
  const most = (of: (one: (typeof watched)[number]) => number): number => Math.max(...watched.map(of));
  const what = "sound at 5 % random loss, the worse of two directions:";
  return [
    atMost(MADE_UP_PERCENT, {
      what: `${what} samples made up`,
      value: most(({ concealed, samples }) => (100 * concealed) / samples),
      unit: "%",
    }),
    atMost(GAP_MS, {
      what: `${what} longest gap`,
      value: most(({ longest }) => (1000 * longest) / SAMPLES_A_SECOND),
      unit: "ms",
    }),
    forComparison({
      what: `${what} packets of sound lost`,
      value: most(({ lost, received }) => (100 * lost) / (lost + received)),
      unit: "%",
    }),
    forComparison({ what: "until both sent their sound twice", value: noticed, unit: "s" }),
    forComparison({ what: "a packet of sound, sealed, sent once", value: once, unit: "bytes" }),
    forComparison({ what: "a packet of sound, sealed, sent twice", value: twice, unit: "bytes" }),
  ];
}
