import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MessageChannelMain, UtilityProcess } from "electron";
import { PlaceKeeper, wait } from "../../../electron/place-keeper.ts";
import { HostKeeper } from "../../../electron/main/host-keeper.ts";
import { ChannelDouble, double, UtilityDouble } from "../../support/electron-double.ts";

let forked: UtilityDouble[] = [];
let channels: ChannelDouble[] = [];
const served = vi.fn();
const endApp = vi.fn();

function keeper(): HostKeeper {
  return new HostKeeper({
    fork() {
      const host = new UtilityDouble();
      forked.push(host);
      return double<UtilityProcess>(host);
    },
    makeChannel() {
      const channel = new ChannelDouble();
      channels.push(channel);
      return double<MessageChannelMain>(channel);
    },
    stopLimitMs: 3000,
    after: wait,
    onPageServed: served,
    onEndApp: endApp,
    chooseFile: () => Promise.resolve("/home/ada/timetable.pdf"),
    askKeychain: ({ id }) => Promise.resolve({ type: "keychain-answer", id, data: "AAAA" }),
  });
}

function handUp(host: UtilityDouble | undefined): void {
  host?.emit("message", { type: "keep-place", part: { type: "keys", keys: new Uint8Array(96).fill(1) } });
  host?.emit("message", { type: "keep-place", part: { type: "card", card: Uint8Array.of(2) } });
}

beforeEach(() => {
  vi.useFakeTimers();
  forked = [];
  channels = [];
  served.mockClear();
  endApp.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the keeper of the host process", () => {
  it("gives the host one end of a contract and of a keys channel, and the page the others", () => {
    const hosts = keeper();
    hosts.start();
    const ports = hosts.attach();
    expect(forked).toHaveLength(1);
    expect(forked[0]?.sent).toEqual([
      { message: { type: "attach-page" }, ports: [channels[0]?.port1] },
      { message: { type: "attach-frames" }, ports: [channels[1]?.port1] },
    ]);
    expect(ports).toEqual([channels[0]?.port2, channels[1]?.port2]);
  });

  it("asks the person for a file when the host wants one, and tells only the host", async () => {
    const hosts = keeper();
    hosts.start();
    forked[0]?.emit("message", { type: "choose-file", id: 3 });
    await vi.waitFor(() =>
      expect(forked[0]?.sent).toEqual([
        { message: { type: "file-chosen", id: 3, path: "/home/ada/timetable.pdf" }, ports: [] },
      ]),
    );
  });

  it("hears the host's wish for the end of the app, and nothing that only looks like it", () => {
    const hosts = keeper();
    hosts.start();
    forked[0]?.emit("message", { type: "end-app", now: true });
    expect(endApp).not.toHaveBeenCalled();
    forked[0]?.emit("message", { type: "end-app" });
    expect(endApp).toHaveBeenCalledOnce();
  });

  it("replaces a host that died when the page asks again, and not before", () => {
    const hosts = keeper();
    hosts.start();
    forked[0]?.emit("exit", 9);
    expect(forked).toHaveLength(1);
    hosts.attach();
    expect(forked).toHaveLength(2);
    expect(forked[1]?.sent).toHaveLength(2);
  });

  it("gives the place of a host that died to the next, before anything else, and only once", () => {
    const hosts = keeper();
    hosts.start();
    handUp(forked[0]);
    forked[0]?.emit("exit", 9);
    // What it had said before its death may come after the news of that.
    forked[0]?.emit("message", { type: "keep-place", part: { type: "entries", entries: [Uint8Array.of(3)] } });
    let given: unknown;
    UtilityDouble.onMessage = (message) => (given ??= structuredClone(message));
    hosts.attach();
    UtilityDouble.onMessage = () => undefined;
    const keys = new Uint8Array(96).fill(1);
    expect(given).toEqual({ type: "return", keys, card: Uint8Array.of(2), entries: [Uint8Array.of(3)] });
    expect(forked[1]?.sent.map(({ message }) => (message as { type: string }).type)).toEqual([
      "return",
      "attach-page",
      "attach-frames",
    ]);
    forked[1]?.emit("exit", 9);
    hosts.attach();
    expect(forked[2]?.sent).toHaveLength(2);
  });

  it("has no place to give when the person quits, or when an earlier host still talks", () => {
    const hosts = keeper();
    hosts.start();
    handUp(forked[0]);
    forked[0]?.emit("message", { type: "end-app" });
    forked[0]?.emit("exit", 0);
    hosts.start();
    handUp(forked[0]);
    forked[1]?.emit("exit", 9);
    hosts.start();
    expect(forked.slice(1).flatMap((host) => host.sent)).toEqual([]);
  });

  it("holds no place any more while the app ends", async () => {
    const hosts = keeper();
    hosts.start();
    const forget = vi.spyOn(PlaceKeeper.prototype, "forget");
    const stopped = hosts.stop();
    expect(forget).toHaveBeenCalled();
    forget.mockClear();
    handUp(forked[0]);
    forked[0]?.emit("exit", 0);
    await stopped;
    // Nothing was taken, so that nothing had to be forgotten first.
    expect(forget).not.toHaveBeenCalled();
    forget.mockRestore();
  });

  it("hears from the host only what the table of control messages holds", () => {
    const hosts = keeper();
    hosts.start();
    for (const wrong of [null, "page-served", { type: "other" }, { type: "page-served", more: 1 }])
      forked[0]?.emit("message", wrong);
    expect(served).not.toHaveBeenCalled();
    forked[0]?.emit("message", { type: "page-served" });
    expect(served).toHaveBeenCalledTimes(1);
  });

  it("asks the keychain for the host that runs, and tells nobody else what it gave", async () => {
    const hosts = keeper();
    hosts.start();
    forked[0]?.emit("message", { type: "keychain", id: 1, ask: "wrap", data: "AAAA" });
    await vi.advanceTimersByTimeAsync(0);
    expect(forked[0]?.sent.at(-1)?.message).toEqual({ type: "keychain-answer", id: 1, data: "AAAA" });
    forked[0]?.emit("message", { type: "keychain", id: 2, ask: "unwrap", data: "AAAA" });
    forked[0]?.emit("exit", 9);
    hosts.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(forked[0]?.sent).toHaveLength(1);
    expect(forked[1]?.sent).toHaveLength(0);
  });

  it("lets the host leave before the app ends", async () => {
    const hosts = keeper();
    hosts.start();
    const stopped = hosts.stop();
    expect(forked[0]?.sent.at(-1)?.message).toEqual({ type: "stop" });
    forked[0]?.emit("exit", 0);
    await stopped;
    expect(forked[0]?.kill).not.toHaveBeenCalled();
  });

  it("kills a host that does not end within the limit", async () => {
    const hosts = keeper();
    hosts.start();
    const stopped = hosts.stop();
    await vi.advanceTimersByTimeAsync(2999);
    expect(forked[0]?.kill).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await stopped;
    expect(forked[0]?.kill).toHaveBeenCalledTimes(1);
  });

  it("starts no host for a page that asks while the app ends", async () => {
    const hosts = keeper();
    await hosts.stop();
    hosts.attach();
    hosts.openInvite("vigil://join/#x");
    expect(forked).toHaveLength(0);
    expect(channels.map(({ port1 }) => port1.closed)).toEqual([true, true]);
  });
});
