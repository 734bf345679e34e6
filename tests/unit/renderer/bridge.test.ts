import { afterEach, describe, expect, it, vi } from "vitest";
import type { MediaDirective } from "../../../core/contract/media-messages.ts";
import { noIdentity } from "../../../core/contract/identity.ts";
import { usualSettings } from "../../../core/contract/settings.ts";
import { createBridge, type ContractPort } from "../../../renderer/bridge/bridge.ts";
import { sampleMember } from "../../support/scenes.ts";

class FakePort extends EventTarget implements ContractPort {
  readonly posted: unknown[] = [];
  closed = false;

  postMessage(message: unknown): void {
    this.posted.push(message);
  }

  start(): void {
    this.posted.length = 0;
  }

  close(): void {
    this.closed = true;
  }

  hear(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

const snapshot = (revision: number, invite = "") => ({
  channel: "snapshot",
  body: { revision, view: { screen: "home", invite }, problem: null, settings: usualSettings, identity: noIdentity },
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the bridge", () => {
  it("keeps the newest snapshot and passes over an older one", () => {
    const port = new FakePort();
    const bridge = createBridge(port);
    const heard = vi.fn();
    bridge.subscribeSnapshots(heard);
    port.hear(snapshot(2, "second"));
    port.hear(snapshot(1, "first"));
    expect(bridge.snapshot()).toMatchObject({ revision: 2, view: { invite: "second" } });
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it("refuses whole what does not fit the contract, and does not print it", () => {
    const port = new FakePort();
    const bridge = createBridge(port);
    const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);
    port.hear(snapshot(1));
    const bad = {
      channel: "snapshot",
      body: {
        revision: 2,
        view: { screen: "home", invite: "x", extra: "sesame" },
        problem: null,
        settings: usualSettings,
        identity: noIdentity,
      },
    };
    for (const message of [bad, null, "sesame", { channel: "keys", body: {} }, snapshot(-1)]) port.hear(message);
    expect(bridge.snapshot()?.revision).toBe(1);
    expect(printed).toHaveBeenCalledTimes(5);
    expect(JSON.stringify(printed.mock.calls)).not.toContain("sesame");
  });

  it("hands on directives and tells nobody after it was closed", () => {
    const port = new FakePort();
    const bridge = createBridge(port);
    const heard: MediaDirective[] = [];
    bridge.subscribeDirectives((directive) => heard.push(directive));
    const close = { channel: "media", body: { type: "close-link", member: sampleMember(1) } };
    port.hear(close);
    bridge.close();
    port.hear(close);
    expect(heard).toEqual([{ type: "close-link", member: sampleMember(1) }]);
    expect(port.closed).toBe(true);
  });

  it("sends commands and reports on their channels", () => {
    const port = new FakePort();
    const bridge = createBridge(port);
    bridge.send({ type: "leave" });
    bridge.report({ type: "link-state", member: sampleMember(1), generation: 1, state: "lost", path: "none" });
    expect(port.posted).toMatchObject([{ channel: "command", body: { type: "leave" } }, { channel: "media" }]);
  });
});
