import { join } from "node:path";
import { chromium } from "playwright-core";
import { build } from "vite";
import { repositoryRoot } from "../../support/client.ts";
import { chromiumPath } from "../bare/switches.ts";
import { atMost, forComparison, type Measure } from "../measure.ts";
import { quantile } from "../quantile.ts";
import type { SealingRound } from "../sframe/rounds.ts";

/** Short rounds: whatever else the machine does then hits both sides alike. */
const plan = { rounds: 80, framesPerRound: 200, frameBytes: 1_200 };
/** A page that exists only inside the browser; WebCrypto wants a secure origin. */
const ORIGIN = "https://bench.invalid/";

/** Seal plus open against bare AES-GCM, in Chromium, where the app seals. */
export const sframe: Measure = {
  name: "sframe",
  async run(say) {
    const rounds = await roundsInChromium(await bundle());
    const ratios = rounds.map((round) => round.sframe / round.bare);
    const perFrame = (ms: number | null): number | null => (ms === null ? null : (ms * 1000) / plan.framesPerRound);
    say(`ratios from ${quantile(ratios, 0.1)?.toFixed(2)} (10 %) to ${quantile(ratios, 0.9)?.toFixed(2)} (90 %)`);
    const bare = quantile(
      rounds.map((round) => round.bare),
      0.5,
    );
    const own = quantile(
      rounds.map((round) => round.sframe),
      0.5,
    );
    const what = `seal plus open of a frame of ${plan.frameBytes} bytes`;
    return [
      forComparison({ what: `${what}: AES-256-GCM alone`, value: perFrame(bare), unit: "us" }),
      forComparison({ what: `${what}: SFrame suite 5`, value: perFrame(own), unit: "us" }),
      atMost(1.5, {
        what: `${what}: SFrame to AES-GCM, median of ${plan.rounds} rounds`,
        value: quantile(ratios, 0.5),
        unit: "ratio",
      }),
    ];
  },
};

async function bundle(): Promise<string> {
  const entry = join(repositoryRoot, "tests", "bench", "sframe", "rounds.ts");
  const built = await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    build: { write: false, lib: { entry, formats: ["es"], fileName: "rounds" }, target: "chrome150" },
  });
  const outputs = [built].flat().flatMap((result) => ("output" in result ? result.output : []));
  const chunk = outputs.find((output) => output.type === "chunk");
  if (chunk === undefined) throw new Error("the bundler gave no code");
  return chunk.code;
}

async function roundsInChromium(code: string): Promise<SealingRound[]> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), headless: true, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.route(`${ORIGIN}**`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
    await page.goto(ORIGIN);
    await page.addScriptTag({ type: "module", content: code });
    return await page.evaluate((asked) => globalThis.measureSealing(asked), plan);
  } finally {
    await browser.close();
  }
}
