import { parseArgs } from "node:util";
import { VigilError } from "../../core/base/errors.ts";
import { createLibp2pMesh } from "../../core/mesh/libp2p/mesh.ts";
import { preloadMesh } from "../../core/mesh/libp2p/preload.ts";
import { usePlatformCrypto } from "./platform-crypto.ts";
import { comeFirst } from "./priority.ts";
import { STRETCH_COST } from "../../core/crypto/stretch.ts";
import { MAX_PERSONA_FILE_BYTES } from "../../core/persona/file.ts";
import { DiskFileCarrier } from "../files/carrier.ts";
import { createFileStore } from "../store/file-store.ts";
import { createPersonaStore } from "../store/persona-store.ts";
import { childChannel } from "./child-channel.ts";
import { IdentityKeeper } from "./identity-keeper.ts";
import { createHost } from "./host.ts";
import { systemClock, systemRandom } from "./platform.ts";
import { serveHost } from "./serve.ts";
import { SettingsFile } from "./settings-file.ts";
import { windowFiles } from "./window-files.ts";
import { keepPlace } from "./window-place.ts";
import { windowKeychain } from "./window-keychain.ts";
import { utilityChannel } from "./utility-channel.ts";

// The host process. In Electron it is a utilityProcess, in the Chromium window a forked child: only the channel differs.
comeFirst();
usePlatformCrypto();
// What the first meeting would otherwise wait for; if it fails, the meeting will say so.
preloadMesh(systemRandom).catch(() => undefined);
const file = new SettingsFile(createFileStore(given("profile")));
// Read before anything is taken from the window: no meeting may start with discovery on that was switched off.
const { settings, damaged } = await file.read();
const { channel: answered, keychain } = windowKeychain(utilityChannel() ?? childChannel());
const { channel, chooseFile } = windowFiles(answered);
const reportDefect = (defect: unknown): void => console.error(`a defect was contained: ${describe(defect)}`);
const host = createHost({
  clock: systemClock,
  random: systemRandom,
  createMesh: (options) => createLibp2pMesh({ ...options, clock: systemClock, random: systemRandom }),
  showEveryMs: 40,
  ...settings,
  settingsDamaged: damaged,
  keepPlace: (part) => keepPlace((word) => channel.post(word), part),
  keepSettings: (changed) => file.write(changed),
  reportDefect,
  files: new DiskFileCarrier({ clock: systemClock, folder: given("downloads"), chooseFile, reportDefect }),
  endApp: () => channel.post({ type: "end-app" }),
  makeIdentity: ({ tell }) =>
    new IdentityKeeper({
      store: createPersonaStore(given("profile"), MAX_PERSONA_FILE_BYTES),
      keychain,
      random: systemRandom,
      cost: STRETCH_COST,
      tell,
      reportDefect,
    }),
  report: (violation) => console.error(`refused a message from the page: ${violation}`),
});

// The window decides when the host ends; Ctrl+C in a terminal reaches the whole group and must not cut the leaving short.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
serveHost(channel, host, (code) => process.exit(code));

/** Every window names these folders: without them there would be no saying what is read and written. */
function given(folder: "profile" | "downloads"): string {
  const options = { profile: { type: "string" }, downloads: { type: "string" } } as const;
  const { values } = parseArgs({ args: process.argv.slice(1), options, strict: false, allowPositionals: true });
  const path = values[folder];
  if (typeof path !== "string") throw new VigilError(`no-${folder}`, "defect");
  return path;
}

/** Where it happened and its code, never a value that was worked on. */
function describe(defect: unknown): string {
  if (!(defect instanceof Error)) return typeof defect;
  const code = String(defect instanceof VigilError ? defect.code : defect.name);
  return `${code} ${(defect.stack ?? "").split("\n").slice(1, 6).join(" ")}`;
}
