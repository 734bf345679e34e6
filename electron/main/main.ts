import { networkInterfaces } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  app,
  BrowserWindow,
  desktopCapturer,
  dialog,
  Menu,
  MessageChannelMain,
  protocol,
  safeStorage,
  session,
  utilityProcess,
} from "electron";
import { loadPageFiles } from "../page-files.ts";
import { prepareProfileFolder } from "../store/profile-folder.ts";
import { appScheme } from "./app-scheme.ts";
import { AppRun } from "./app-run.ts";
import { readArguments, wordsForApp } from "./arguments.ts";
import { listenForPage } from "./page-ready.ts";
import { setSwitches } from "./switches.ts";

// The entry of Electron's main process: it only puts the real Electron into the parts, which decide everything.
const dist = dirname(dirname(fileURLToPath(import.meta.url)));
const words = wordsForApp(process.argv, { packaged: app.isPackaged, path: app.getAppPath() });
const options = readArguments(words, app.isPackaged);
if (!options.ok) {
  process.stderr.write(`${options.error.message}\n`);
  app.exit(2);
} else {
  const network = Object.values(networkInterfaces()).some((found) => found?.some(({ internal }) => !internal));
  setSwitches(app, options.value, network);
  protocol.registerSchemesAsPrivileged([appScheme]);
  app.enableSandbox();
  Menu.setApplicationMenu(null);
  const run = new AppRun(
    { app, BrowserWindow, desktopCapturer, dialog, Menu, MessageChannelMain, safeStorage, session, utilityProcess },
    { options: options.value, dist, print: (line) => process.stdout.write(`${line}\n`), listenForPage },
  );
  // The profile is set before the lock is asked for: the lock belongs to the profile.
  prepareProfileFolder(options.value.profile)
    .then(async (profile) => {
      if (!profile.ok) {
        process.stderr.write(`${profile.error.message}\n`);
        app.exit(3);
      } else if (run.claim(profile.value)) {
        await Promise.all([app.whenReady(), loadPageFiles(join(dist, "renderer"))]).then(([, files]) =>
          run.open(files),
        );
      } else {
        process.stderr.write(`Vigil is already running with the profile ${profile.value}.\n`);
        app.exit(4);
      }
    })
    .catch((failure: unknown) => {
      process.stderr.write(`Vigil could not start: ${String(failure)}\n`);
      app.exit(1);
    });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => app.quit());
}
