// @ts-check
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./child.mjs";
import { say } from "./say.mjs";

const LIMIT_MS = 8 * 60 * 1000;

/**
 * What each package manager calls a thing, and how it installs without asking.
 * @type {readonly {readonly program: string, readonly prepare?: readonly string[], readonly install: readonly string[], readonly names: Readonly<Record<string, string>>}[]}
 */
const MANAGERS = [
  {
    program: "apt-get",
    prepare: ["update", "-q"],
    install: ["install", "-y", "-q", "--no-install-recommends"],
    names: { chromium: "chromium", xvfb: "xvfb" },
  },
  { program: "dnf", install: ["install", "-y", "-q"], names: { chromium: "chromium", xvfb: "xorg-x11-server-Xvfb" } },
  {
    program: "pacman",
    install: ["-Sy", "--noconfirm", "--needed"],
    names: { chromium: "chromium", xvfb: "xorg-server-xvfb" },
  },
  { program: "apk", install: ["add", "-q"], names: { chromium: "chromium", xvfb: "xvfb" } },
  {
    program: "zypper",
    install: ["--non-interactive", "install"],
    names: { chromium: "chromium", xvfb: "xorg-x11-server-Xvfb" },
  },
];

/**
 * Installs something with the system's own package manager, if there is one and this process may use it without a password.
 * @param {"chromium" | "xvfb"} what @returns {Promise<boolean>}
 */
export async function installSystemPackage(what) {
  const manager = MANAGERS.find(({ program }) => onPath(program));
  if (manager === undefined) return false;
  const prefix = await asRoot();
  if (prefix === null) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const call = (/** @type {readonly string[]} */ args) => {
    const [program = "", ...rest] = [...prefix, manager.program, ...args];
    return run(program, rest, { env, limitMs: LIMIT_MS, quiet: true });
  };
  say(`Installing ${what} with ${manager.program} …`);
  if (manager.prepare !== undefined) await call(manager.prepare);
  const { code } = await call([...manager.install, manager.names[what] ?? what]);
  if (code !== 0) say(`${manager.program} could not install ${what}.`);
  return code === 0;
}

/** The words to put before a command so that it runs as root; null if there are none. */
async function asRoot() {
  if (process.getuid?.() === 0) return [];
  if (!onPath("sudo")) return null;
  const { code } = await run("sudo", ["-n", "true"], { limitMs: 10_000, quiet: true });
  return code === 0 ? ["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND"] : null;
}

/** @param {string} program */
export function onPath(program) {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, program)));
}
