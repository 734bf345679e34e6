// @ts-check
import { join } from "node:path";
import { ensureBuilt } from "../setup/build.mjs";
import { run } from "../setup/child.mjs";
import { ensureDependencies } from "../setup/dependencies.mjs";
import { ensureElectron } from "../setup/electron.mjs";
import { appNode, withNode } from "../setup/node.mjs";
import { modules, root } from "../setup/paths.mjs";
import { Sentence } from "../setup/say.mjs";

const FLAG = { linux: "--linux", darwin: "--mac", win32: "--win" };

/** Makes this platform's installers in release/. Arguments are handed to electron-builder. @param {string[]} args */
export async function packageApp(args) {
  const platform = process.platform;
  if (platform !== "linux" && platform !== "darwin" && platform !== "win32") {
    throw new Sentence(`There is no installer for ${platform}; Linux, macOS and Windows have one.`);
  }
  await ensureDependencies();
  const node = appNode();
  if ((await ensureElectron(node, { insist: true })) === null) {
    throw new Sentence(
      "The installers contain Electron, and its binary cannot be fetched here; try again where it can.",
    );
  }
  await ensureBuilt(node);
  const cli = join(modules, "electron-builder", "cli.js");
  const builder = [cli, FLAG[platform], "--config", join(root, "build/electron-builder.mjs"), "--publish", "never"];
  const { code } = await run(node, [...builder, ...args], { cwd: root, env: withNode(node) });
  if (code !== 0) throw new Sentence("The installers could not be made; the reason stands above.");
  return 0;
}
