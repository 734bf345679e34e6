// @ts-check

/**
 * The only steps of dependencies that may run code at set-up. Everything else is installed with its scripts off (.npmrc).
 * @type {Readonly<Record<string, {readonly file: string, readonly why: string}>>}
 */
export const allowedScripts = {
  electron: {
    file: "electron/install.js",
    why: "fetches Electron's binary, which is too large for the npm package, and checks it against the package's own checksums",
  },
  "playwright-core": {
    file: "playwright-core/cli.js",
    why: "fetches a Chromium, only where none is installed",
  },
};
