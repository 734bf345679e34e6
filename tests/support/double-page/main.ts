import { startApp } from "../../../renderer/app/start.tsx";
import { ContractDouble } from "../contract-double.ts";
import { MediaDouble } from "../media-double.ts";
import * as scenes from "../scenes.ts";

const host = new ContractDouble(window, { view: { screen: "home", invite: "" }, problem: null });
const media = new MediaDouble();
const double = { host, media, scenes };
export type Double = typeof double;

declare global {
  /** What a test in the page's own world drives. */
  var vigilDouble: Double;
}
globalThis.vigilDouble = double;
host.mute = new URLSearchParams(location.search).has("mute");

const root = document.querySelector<HTMLElement>("#root");
if (root === null) throw new Error("no #root");
startApp(media, root);
