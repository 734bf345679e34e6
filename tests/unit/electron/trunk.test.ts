import { describe, expect, it, vi } from "vitest";
import type { Port } from "../../../electron/host/port.ts";
import { serveHost, type WindowChannel } from "../../../electron/host/serve.ts";
import { type Pipe, Trunk } from "../../../electron/host/trunk.ts";

/** Two trunks joined by a pipe that copies as a real one does. */
function joined(): { window: Trunk; host: Trunk; inject: (frame: unknown) => void } {
  const ends: ((frame: unknown) => void)[] = [];
  const pipe = (own: number): Pipe => ({
    send: (frame) => ends[1 - own]?.(structuredClone(frame)),
    listen: (listener) => (ends[own] = listener),
  });
  const window = new Trunk(pipe(0));
  const host = new Trunk(pipe(1));
  return { window, host, inject: (frame) => ends[1]?.(frame) };
}

function accept(host: Trunk): Port[] {
  const accepted: Port[] = [];
  host.listen((_message, ports) => accepted.push(...ports));
  return accepted;
}

describe("ports inside one pipe", () => {
  it("carry messages both ways, in order, each to its own", () => {
    const { window, host } = joined();
    const accepted = accept(host);
    const [first] = window.post({ type: "attach-page" }, 1);
    const [second] = window.post({ type: "attach-frames" }, 1);
    const heard: unknown[] = [];
    first?.listen((message) => heard.push(["first", message]));
    second?.listen((message) => heard.push(["second", message]));
    accepted[0]?.post(1);
    accepted[1]?.post(2);
    accepted[0]?.post(3);
    expect(heard).toEqual([
      ["first", 1],
      ["second", 2],
      ["first", 3],
    ]);
    const back: unknown[] = [];
    accepted[1]?.listen((message) => back.push(message));
    second?.post("down");
    expect(back).toEqual(["down"]);
  });

  it("keep what comes before anybody listens", () => {
    const { window, host } = joined();
    const accepted = accept(host);
    const [port] = window.post({}, 1);
    port?.post("early");
    const heard = vi.fn();
    accepted[0]?.listen(heard);
    expect(heard.mock.calls).toEqual([["early"]]);
  });

  it("tell the other side when they close, once, and carry nothing afterwards", () => {
    const { window, host } = joined();
    const accepted = accept(host);
    const [port] = window.post({}, 1);
    const closed = vi.fn();
    const heard = vi.fn();
    port?.onClosed(closed);
    port?.listen(heard);
    accepted[0]?.close();
    accepted[0]?.close();
    accepted[0]?.post("late");
    port?.post("late");
    expect(closed).toHaveBeenCalledTimes(1);
    expect(heard).not.toHaveBeenCalled();
    const late = vi.fn();
    port?.onClosed(late);
    expect(late).toHaveBeenCalledTimes(1);
  });

  it("all close when the pipe is gone", () => {
    const { window } = joined();
    const closed = vi.fn();
    for (const port of [...window.post({}, 1), ...window.post({}, 1)]) port.onClosed(closed);
    window.end();
    expect(closed).toHaveBeenCalledTimes(2);
  });

  it("drop frames that are none, and messages for ports that are not open", () => {
    const { host, inject } = joined();
    const heard = vi.fn();
    host.listen(heard);
    for (const frame of [
      null,
      1,
      {},
      { kind: "data" },
      { kind: "data", port: 7, body: 1 },
      { kind: "close", port: 7 },
      { kind: "control", message: {}, ports: [1, 2, 3, 4, 5] },
    ]) {
      inject(frame);
    }
    expect(heard).not.toHaveBeenCalled();
  });
});

describe("a window and the host it runs", () => {
  function served() {
    const attached: Port[] = [];
    const host = {
      attachPage: vi.fn((port: Port) => void attached.push(port)),
      attachFrames: vi.fn(),
      returnTo: vi.fn(),
      openExternalInvite: vi.fn(),
      stop: vi.fn(() => Promise.resolve()),
    };
    const posted: unknown[] = [];
    let say: (message: unknown, ports: readonly Port[]) => void = () => undefined;
    let gone: () => void = () => undefined;
    const exit = vi.fn();
    const channel: WindowChannel = {
      post: (message) => posted.push(message),
      listen: (listener) => {
        say = listener;
        return () => undefined;
      },
      onGone: (listener) => (gone = listener),
    };
    serveHost(channel, host, exit);
    return {
      host,
      attached,
      posted,
      exit,
      say: (message: unknown, ports: readonly Port[] = []) => say(message, ports),
      gone: () => gone(),
    };
  }
  const port = () => ({ post: vi.fn<Port["post"]>(), listen: () => () => undefined, close: vi.fn<Port["close"]>() });

  it("joins pages and frames workers to the host and hands it invites", () => {
    const { host, say } = served();
    say({ type: "attach-page" }, [port()]);
    const keys = port();
    say({ type: "attach-frames" }, [keys]);
    say({ type: "open-invite", link: "vigil://join/#x" });
    expect(host.attachPage).toHaveBeenCalledTimes(1);
    expect(host.attachFrames).toHaveBeenCalledWith(keys);
    expect(host.openExternalInvite).toHaveBeenCalledWith("vigil://join/#x");
  });

  it("is told once when a page has its first snapshot", () => {
    const { attached, posted, say } = served();
    const contract = port();
    say({ type: "attach-page" }, [contract]);
    attached[0]?.post({ channel: "media", body: {} });
    expect(posted).toEqual([]);
    attached[0]?.post({ channel: "snapshot", body: {} });
    attached[0]?.post({ channel: "snapshot", body: {} });
    expect(posted).toEqual([{ type: "page-served" }]);
    expect(contract.post).toHaveBeenCalledTimes(3);
  });

  it("drops what is not in the table and closes ports that nobody takes", () => {
    const { host, say } = served();
    const stray = [port(), port(), port(), port()];
    say({ type: "attach-page" });
    say({ type: "attach-page", more: 1 }, stray.slice(0, 1));
    say({ type: "open-invite", link: "vigil://join/#x" }, stray.slice(1, 2));
    say({ type: "attach-page" }, stray.slice(2, 4));
    say({ type: "open-invite", link: "x".repeat(100_000) });
    say("stop");
    expect(host.attachPage).not.toHaveBeenCalled();
    expect(host.openExternalInvite).not.toHaveBeenCalled();
    expect(host.stop).not.toHaveBeenCalled();
    for (const one of stray) expect(one.close).toHaveBeenCalledTimes(1);
  });

  it("stops the host once, whether asked or left alone, and then exits", async () => {
    const { host, posted, exit, say, gone } = served();
    say({ type: "stop" });
    gone();
    await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(0));
    expect(host.stop).toHaveBeenCalledTimes(1);
    expect(posted).toEqual([{ type: "stopped" }]);
    say({ type: "attach-page" }, [port()]);
    expect(host.attachPage).not.toHaveBeenCalled();
  });

  it("exits with an error when the host cannot stop", async () => {
    const { host, exit, say } = served();
    host.stop.mockRejectedValueOnce(new Error("stuck"));
    say({ type: "stop" });
    await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(1));
  });
});
