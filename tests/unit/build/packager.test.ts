import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import config from "../../../build/electron-builder.mjs";
import { allowedScripts } from "../../../build/setup/allowed-scripts.mjs";

const root = join(import.meta.dirname, "../../..");
const require = createRequire(import.meta.url);
interface Validation {
  validateConfiguration(config: unknown, logger: unknown): Promise<void>;
}
const { validateConfiguration } = require("app-builder-lib/out/util/config/config") as Validation;
const { DebugLogger } = require("builder-util") as { DebugLogger: new (enabled: boolean) => unknown };

describe("the packager's settings", () => {
  it("fit electron-builder's own schema, which knows a mistake", async () => {
    await validateConfiguration(config, new DebugLogger(false));
    await expect(validateConfiguration({ ...config, nonsense: 1 }, new DebugLogger(false))).rejects.toThrow(/nonsense/);
  });

  it("close every door that Electron leaves open", () => {
    expect(config.electronFuses).toMatchObject({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config.mac).toMatchObject({ hardenedRuntime: true });
  });

  it("publish nothing, look for no updates and take links of the app's scheme", () => {
    expect(config.publish).toBeNull();
    expect(config.protocols).toMatchObject([{ schemes: ["vigil"] }]);
  });

  it("make every installer that is promised", () => {
    expect(config.linux).toMatchObject({ target: ["AppImage", "deb", "rpm"] });
    expect(config.mac).toMatchObject({ target: [{ target: "dmg", arch: ["arm64", "x64"] }] });
    expect(config.win).toMatchObject({ target: ["nsis"] });
  });

  it("name files that exist", () => {
    expect(existsSync(join(root, "build/resources/entitlements.mac.plist"))).toBe(true);
    expect(existsSync(join(root, config.icon ?? "none"))).toBe(true);
    for (const name of ["node-datachannel", "detect-libc"])
      expect(existsSync(join(root, "node_modules", name))).toBe(true);
  });
});

describe("the scripts of dependencies that may run", () => {
  it("are named one by one, with a reason", () => {
    expect(Object.keys(allowedScripts).sort()).toEqual(["electron", "playwright-core"]);
    for (const { file, why } of Object.values(allowedScripts)) {
      expect(existsSync(join(root, "node_modules", file)), file).toBe(true);
      expect(why.length).toBeGreaterThan(20);
    }
  });
});
