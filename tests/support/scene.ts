import type { Page } from "playwright-core";
import type { Double } from "./double-page/main.ts";

/** A view of the app to look at: what the page is told to show, and what is opened in it afterwards. */
export interface Scene {
  readonly name: string;
  readonly set: (page: Page) => Promise<unknown>;
  readonly then?: (page: Page) => Promise<unknown>;
}

type SceneStep = (double: Double) => void;

/** Runs a step in the page's own world; it must name nothing from outside itself. */
export const inPage = (step: SceneStep) => (page: Page) =>
  page.evaluate(`(${step.toString()})(globalThis.vigilDouble)`);
