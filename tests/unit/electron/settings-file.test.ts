import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { usualSettings, type Settings } from "../../../core/contract/settings.ts";
import type { Fingerprint } from "../../../core/contract/parts.ts";
import type { Snapshot } from "../../../core/contract/snapshots.ts";
import type { MeshOptions } from "../../../core/ports/mesh.ts";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import { createHost } from "../../../electron/host/host.ts";
import type { Host } from "../../../electron/host/port.ts";
import { SettingsFile } from "../../../electron/host/settings-file.ts";
import { createFileStore } from "../../../electron/store/file-store.ts";
import { seededRandom } from "../../support/seeded-random.ts";

const chosen: Settings = {
  look: { language: "fa", appearance: "dark" },
  network: { localDiscovery: false, relays: [] },
};
const fingerprint = "0".repeat(64) as Fingerprint;

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigil-settings-"));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true, force: true });
});

interface Run {
  readonly host: Host;
  readonly wanted: MeshOptions[];
  readonly shown: Snapshot[];
  say(body: unknown): void;
}

/** A host as its process makes it from what the profile holds, with a page attached. */
async function run(): Promise<Run> {
  const file = new SettingsFile(createFileStore(folder));
  const { settings, damaged } = await file.read();
  const wanted: MeshOptions[] = [];
  const shown: Snapshot[] = [];
  const host = createHost({
    ...settings,
    settingsDamaged: damaged,
    keepSettings: (changed) => file.write(changed),
    clock: new VirtualClock(),
    random: seededRandom(1),
    showEveryMs: 0,
    createMesh: (options) => {
      wanted.push(options);
      return Promise.reject(new Error("no network here"));
    },
    reportDefect: (defect) => expect.fail(String(defect)),
    report: (violation) => expect.fail(violation),
    endApp: () => expect.fail("nobody asked for the end"),
  });
  let hear: (message: unknown) => void = () => undefined;
  host.attachPage({
    post(message) {
      const { channel, body } = message as { channel: string; body: Snapshot };
      if (channel === "snapshot") shown.push(body);
    },
    listen(listener) {
      hear = listener;
      return () => undefined;
    },
    close: () => undefined,
  });
  const say = (body: unknown): void => hear({ channel: "command", body });
  say({ type: "attach", fingerprint });
  return { host, wanted, shown, say };
}

describe("settings", () => {
  it("are the usual ones in a fresh profile, and nothing is written before something is chosen", async () => {
    const { shown } = await run();
    expect(shown.at(-1)).toMatchObject({ settings: usualSettings, problem: null });
    expect(await readdir(folder)).toEqual([]);
  });

  it("survive a restart", async () => {
    const first = await run();
    first.say({ type: "change-settings", settings: chosen });
    expect(first.shown.at(-1)?.settings).toEqual(chosen);
    await first.host.stop();
    expect((await run()).shown.at(-1)?.settings).toEqual(chosen);
  });

  it("of the network hold from the next meeting on", async () => {
    const { say, wanted, host } = await run();
    const start = (): void => say({ type: "start-meeting", name: "Ada", admission: "invite" });
    start();
    say({ type: "change-settings", settings: chosen });
    say({ type: "leave" });
    say({ type: "attach", fingerprint });
    start();
    expect(wanted.map(({ localDiscovery }) => localDiscovery)).toEqual([true, false]);
    await host.stop();
  });

  it("are all that is written, also after a meeting", async () => {
    const { say, host } = await run();
    say({ type: "start-meeting", name: "Ada Lovelace", admission: "invite" });
    say({ type: "change-settings", settings: chosen });
    await host.stop();
    expect(await readdir(folder)).toEqual(["settings.json"]);
    expect(JSON.parse(await readFile(join(folder, "settings.json"), "utf8"))).toEqual(chosen);
  });

  it("end with the newest when they change faster than the disk writes", async () => {
    const { say, host } = await run();
    for (const appearance of ["dark", "light", "system", "light"] as const)
      say({ type: "change-settings", settings: { ...chosen, look: { language: null, appearance } } });
    await host.stop();
    expect((await run()).shown.at(-1)?.settings.look.appearance).toBe("light");
  });

  it("that cannot be written are told, and hold until the end of the run", async () => {
    const { say, host, shown } = await run();
    await mkdir(join(folder, "settings.json"));
    say({ type: "change-settings", settings: chosen });
    await expect.poll(() => shown.at(-1)?.problem).toBe("profile-unwritable");
    expect(shown.at(-1)?.settings).toEqual(chosen);
    say({ type: "start-meeting", name: "Ada", admission: "invite" });
    expect(shown.at(-1)?.view.screen).toBe("lobby");
    await host.stop();
  });

  it.each([
    ["not JSON", "{"],
    ["of another shape", JSON.stringify({ ...chosen, network: { localDiscovery: "no" } })],
    ["with a relay that is none", JSON.stringify({ ...chosen, network: { localDiscovery: true, relays: ["x"] } })],
  ])("that are %s are told, and nobody outside is asked for anything", async (_what, text) => {
    await writeFile(join(folder, "settings.json"), text);
    const { shown } = await run();
    expect(shown.at(-1)).toMatchObject({
      problem: "settings-damaged",
      settings: { ...usualSettings, network: { localDiscovery: false, relays: [] } },
    });
  });
});
