// @ts-check

/**
 * How the desktop installers are made. Nothing is published and nothing looks for updates: an update check is a connection nobody asked for.
 * @type {import("electron-builder").Configuration}
 */
const config = {
  appId: "org.vigil.Vigil",
  productName: "Vigil",
  copyright: "AGPL-3.0-or-later",
  directories: { output: "release", buildResources: "build/resources" },
  // Everything is in the bundles but the one library with native code.
  files: [
    "dist/**/*",
    "!dist/chromium",
    "!dist/in-page",
    "!dist/.stamp",
    "package.json",
    "!node_modules/**/*",
    "node_modules/node-datachannel/package.json",
    "node_modules/node-datachannel/dist/esm/**/*",
    "node_modules/@node-datachannel/**/*",
    "node_modules/detect-libc/**/*",
  ],
  // The icons of every system are made from this one, which is drawn in icon.svg.
  icon: "build/resources/icon.png",
  asar: true,
  asarUnpack: ["node_modules/@node-datachannel/**/*"],
  // The prebuilt binaries speak Node-API, which does not change with Electron's version.
  npmRebuild: false,
  publish: null,
  protocols: [{ name: "Vigil invite", schemes: ["vigil"], role: "Viewer" }],
  electronLanguages: ["en", "fa", "zh-CN", "ru", "de"],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: {
    target: ["AppImage", "deb", "rpm"],
    category: "Network",
    executableName: "vigil",
    maintainer: "Vigil",
    synopsis: "Group calls that nobody outside can hear, route or close",
    mimeTypes: ["x-scheme-handler/vigil"],
  },
  mac: {
    // Each processor's native library is its own package: build each on a machine, or an install, of its kind.
    target: [{ target: "dmg", arch: ["arm64", "x64"] }],
    category: "public.app-category.social-networking",
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: "build/resources/entitlements.mac.plist",
    entitlementsInherit: "build/resources/entitlements.mac.plist",
    extendInfo: {
      NSCameraUsageDescription: "Vigil shows your picture to the people in your call, and to nobody else.",
      NSMicrophoneUsageDescription: "Vigil carries your voice to the people in your call, and to nobody else.",
      NSLocalNetworkUsageDescription: "Vigil finds people in the same call on your local network.",
    },
  },
  win: { target: ["nsis"] },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: true,
  },
};

export default config;
