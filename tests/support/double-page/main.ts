import { noIdentity } from "../../../core/contract/identity.ts";
import { usualSettings } from "../../../core/contract/settings.ts";
import { startApp } from "../../../renderer/app/start.tsx";
import { ContractDouble } from "../contract-double.ts";
import { samplePersona } from "../identity-answers.ts";
import { callWithFiles } from "../file-scenes.ts";
import { MediaDouble } from "../media-double.ts";
import * as counts from "../sample-statistics.ts";
import * as scenes from "../scenes.ts";

const query = new URLSearchParams(location.search);
const look = { ...usualSettings.look, language: query.get("language") ?? "en" };
const host = new ContractDouble(window, {
  view: { screen: "home", invite: "" },
  problem: null,
  settings: { ...usualSettings, look },
  identity: noIdentity,
});
const media = new MediaDouble();
const double = { host, media, scenes, counts, callWithFiles, samplePersona };
export type Double = typeof double;

declare global {
  /** What a test in the page's own world drives. */
  var vigilDouble: Double;
}
globalThis.vigilDouble = double;
host.mute = query.has("mute");

const root = document.querySelector<HTMLElement>("#root");
if (root === null) throw new Error("no #root");
startApp(media, root);
