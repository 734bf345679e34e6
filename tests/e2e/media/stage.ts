import type { BrowserContext } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { bundlePage } from "./bundle.ts";
import { launch } from "./pages.ts";

/** One browser and one bundle for the tests of the block that it is called in; gives the way to where pages are opened. */
export function raiseStage(): () => BrowserContext {
  let context: BrowserContext | null = null;
  let strike = (): Promise<void> => Promise.resolve();
  beforeAll(async () => {
    const bundle = await bundlePage();
    const launched = await launch(bundle);
    context = launched.context;
    strike = async () => {
      await launched.browser.close();
      await bundle.remove();
    };
  }, 60_000);
  afterAll(() => strike());
  return () => {
    if (context === null) throw new Error("no browser before the tests begin");
    return context;
  };
}
