import { describe, expect, it, vi } from "vitest";
import type { Command } from "../../../core/contract/commands.ts";
import type { MediaState } from "../../../core/contract/parts.ts";
import type { View } from "../../../core/contract/snapshots.ts";
import { DeviceKeeper } from "../../../renderer/app/device-keeper.ts";
import { MediaDouble } from "../../support/media-double.ts";
import { sampleCall } from "../../support/scenes.ts";

vi.mock("../../support/painted-stream.ts", () => ({ paintedStream: () => null }));

const home: View = { screen: "home", invite: "" };
const lobby: View = { screen: "lobby", role: "starter", admission: "invite", reach: "reached", entry: "not-asked" };
const bothOn: MediaState = { microphone: true, camera: true, screen: false };

function callWith(media: MediaState): View {
  const call = sampleCall(2);
  return { ...call, participants: call.participants.map((one) => (one.self ? { ...one, media } : one)) };
}

function keep() {
  const engine = new MediaDouble();
  const sent: Command[] = [];
  const keeper = new DeviceKeeper({ engine, send: (command) => sent.push(command) });
  return { engine, sent, keeper };
}

describe("the device keeper", () => {
  it("touches no device on the first screen", () => {
    const { engine, keeper } = keep();
    keeper.follow(null);
    keeper.follow(home);
    expect(engine.calls).toEqual([]);
  });

  it("opens devices once for the screen before entering and the call after it", () => {
    const { engine, keeper } = keep();
    keeper.follow(lobby);
    keeper.follow({ ...lobby, entry: "entering" });
    keeper.follow(callWith(bothOn));
    expect(engine.calls).toEqual(["prepare"]);
  });

  it("lets go of devices and links when the call is over", () => {
    const { engine, keeper } = keep();
    keeper.follow(lobby);
    keeper.follow(callWith(bothOn));
    keeper.follow({ screen: "ended", cause: "left", by: "", reason: "", at: 0, appeal: "none" });
    expect(engine.calls).toEqual(["prepare", "release", "reset"]);
  });

  it("lets go when the host is gone", () => {
    const { engine, keeper } = keep();
    keeper.follow(callWith(bothOn));
    keeper.follow(null);
    expect(engine.calls).toContain("release");
  });

  it("tells the host what is sent, and only changes", async () => {
    const { engine, sent, keeper } = keep();
    keeper.follow(lobby);
    await engine.media.setCamera(false);
    expect(sent).toEqual([]);
    keeper.follow(callWith({ ...bothOn, camera: false }));
    await engine.media.setMicrophone(false);
    await engine.media.setMicrophone(false);
    expect(sent).toEqual([{ type: "set-media", media: { microphone: false, camera: false, screen: false } }]);
  });

  it("tells the host that a camera that fails sends nothing", () => {
    const { engine, sent, keeper } = keep();
    keeper.follow(lobby);
    keeper.follow(callWith(bothOn));
    engine.change({ camera: { ...engine.media.local().camera, problem: "unplugged" } });
    expect(sent).toEqual([{ type: "set-media", media: { ...bothOn, camera: false } }]);
  });

  it("takes up what was on before the page came back, and shares no screen by itself", async () => {
    const { engine, sent, keeper } = keep();
    keeper.follow(callWith({ microphone: false, camera: true, screen: true }));
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(engine.calls).toEqual(["microphone:false", "camera:true", "prepare"]);
    expect(sent).toEqual([{ type: "set-media", media: { microphone: false, camera: true, screen: false } }]);
  });
});
