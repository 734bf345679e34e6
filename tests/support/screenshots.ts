// Takes a picture of every view: node tests/support/screenshots.ts [part of a scene's name] [--size=1280x800] [--dark] [--light] [--lang=fa]
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { allScenes } from "./screen-scenes.ts";
import { buildScreens, launchScreens, openSite, PAGE_URL } from "./screens-site.ts";

const words = process.argv.slice(2);
const flag = (name: string): string | undefined => words.find((word) => word.startsWith(`--${name}=`))?.split("=")[1];
const wanted = words.filter((word) => !word.startsWith("--"));
const sizes = (flag("size") ?? "1280x800,360x640").split(",");
const schemes = words.includes("--dark") ? ["dark"] : words.includes("--light") ? ["light"] : ["light", "dark"];
const language = flag("lang") ?? "en";
const folder = path.join(import.meta.dirname, "../../.vigil/screenshots");

await mkdir(folder, { recursive: true });
const site = await buildScreens();
const browser = await launchScreens();
try {
  for (const size of sizes) {
    const [width = 1280, height = 800] = size.split("x").map(Number);
    for (const colorScheme of schemes) {
      const context = await openSite(browser, site, {
        viewport: { width, height },
        colorScheme: colorScheme === "dark" ? "dark" : "light",
        locale: "en",
      });
      for (const scene of allScenes) {
        if (wanted.length > 0 && !wanted.some((part) => scene.name.includes(part))) continue;
        const page = await context.newPage();
        page.on("console", (message) => {
          if (message.type() === "error") console.error(scene.name, message.text());
        });
        page.on("pageerror", (error) => console.error(scene.name, error.message));
        await page.goto(`${PAGE_URL}?language=en`);
        await page.locator("main").first().waitFor();
        await scene.set(page);
        await scene.then?.(page);
        // What is opened is named in English; the language is changed when it is open.
        await page.evaluate((chosen) => {
          const { host } = globalThis.vigilDouble;
          const { settings } = host.state();
          host.show({ settings: { ...settings, look: { ...settings.look, language: chosen } } });
        }, language);
        // Pictures and sizes settle over a few drawn frames; nothing is asserted here.
        await page.waitForTimeout(700);
        await page.screenshot({ path: path.join(folder, `${scene.name}-${size}-${colorScheme}-${language}.png`) });
        await page.close();
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
}
