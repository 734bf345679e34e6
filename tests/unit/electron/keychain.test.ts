import { describe, expect, it } from "vitest";
import type { SafeStorage } from "electron";
import { Secret } from "../../../core/base/secret.ts";
import type { FromHost } from "../../../electron/host/control.ts";
import type { WindowChannel } from "../../../electron/host/serve.ts";
import { windowKeychain } from "../../../electron/host/window-keychain.ts";
import { askKeychain } from "../../../electron/main/keychain.ts";
import { double } from "../../support/electron-double.ts";

interface System {
  readonly platform?: string;
  readonly available?: boolean;
  readonly backend?: string;
  readonly broken?: boolean;
}

/** A host's keychain, over the control messages, against a double of Electron's safeStorage. */
function keychainOn({ platform = "darwin", available = true, backend = "gnome_libsecret", broken = false }: System) {
  const safe = double<SafeStorage>({
    isAsyncEncryptionAvailable: () => Promise.resolve(available),
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: (text: string) =>
      broken ? Promise.reject(new Error("locked")) : Promise.resolve(Buffer.from(`sealed ${text}`)),
    decryptStringAsync: (sealed: Buffer) => {
      const text = sealed.toString();
      if (!text.startsWith("sealed ")) return Promise.reject(new Error("not ours"));
      return Promise.resolve({ result: text.slice(7), shouldReEncrypt: false });
    },
  });
  const seen: unknown[] = [];
  const asked: FromHost[] = [];
  let hear: (message: unknown) => void = () => undefined;
  const plain: WindowChannel = {
    post(message) {
      asked.push(message);
      if (message.type === "keychain") void askKeychain(safe, message, platform).then((answer) => hear(answer));
    },
    listen(listener) {
      hear = (message) => listener(message, []);
      return () => undefined;
    },
    onGone: () => undefined,
  };
  const { keychain, channel } = windowKeychain(plain);
  channel.listen((message) => seen.push(message));
  return { keychain, seen, asked, say: (message: unknown) => hear(message) };
}

const secret = () => new Secret("root", new Uint8Array(32).fill(7));

describe("the system's keychain", () => {
  it("wraps a key and gives it back", async () => {
    const { keychain, seen } = keychainOn({});
    expect(await keychain.available()).toBe(true);
    const wrapped = await keychain.wrap(secret());
    expect((await keychain.unwrap(wrapped)).reveal()).toEqual(secret().reveal());
    expect(seen).toEqual([]);
  });

  it.each<System>([
    { available: false },
    { platform: "linux", backend: "basic_text" },
    { platform: "linux", backend: "unknown" },
  ])("is not there for %o", async (system) => {
    const { keychain } = keychainOn(system);
    expect(await keychain.available()).toBe(false);
    await expect(keychain.wrap(secret())).rejects.toMatchObject({ code: "keychain-failed" });
  });

  it("is there for Linux with a keyring", async () => {
    expect(await keychainOn({ platform: "linux" }).keychain.available()).toBe(true);
  });

  it("that refuses, or is given what it has not wrapped, fails as such", async () => {
    await expect(keychainOn({ broken: true }).keychain.wrap(secret())).rejects.toMatchObject({
      code: "keychain-failed",
    });
    await expect(keychainOn({}).keychain.unwrap(Uint8Array.of(1, 2))).rejects.toMatchObject({
      code: "keychain-failed",
    });
  });

  it("leaves every other control message to the host", () => {
    const { seen, say } = keychainOn({});
    say({ type: "stop" });
    say({ type: "keychain-answer", id: 99, data: null });
    say({ type: "keychain-answer", id: "x" });
    expect(seen).toEqual([{ type: "stop" }, { type: "keychain-answer", id: "x" }]);
  });
});
