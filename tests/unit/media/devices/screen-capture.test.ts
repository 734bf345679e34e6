import { beforeEach, describe, expect, test } from "vitest";
import { ScreenCapture } from "../../../../renderer/rtc/devices/screen-capture.ts";
import { FakeTrack } from "./fake-devices.ts";

describe("a shared screen or window", () => {
  let shared: FakeTrack[];
  let picker: Promise<void>;
  let screen: ScreenCapture;
  let changes: number;

  beforeEach(() => {
    shared = [];
    picker = Promise.resolve();
    changes = 0;
    const devices = {
      async getDisplayMedia() {
        await picker;
        const track = new FakeTrack(null);
        shared.push(track);
        return { getVideoTracks: () => [track] };
      },
    };
    screen = new ScreenCapture(devices as unknown as MediaDevices, () => changes++);
  });

  test("that is closed while it is shared is shared no longer, which is no problem, and another can be", async () => {
    await screen.start();
    expect(screen.state.track).toBe(shared[0]);
    const before = changes;
    shared[0]?.unplug();
    expect(screen.state).toEqual({ starting: false, problem: null, track: null });
    expect(changes).toBeGreaterThan(before);
    await screen.start();
    expect(screen.state.track).toBe(shared[1]);
  });

  test("that ends after another took its place leaves that one alone", async () => {
    await screen.start();
    screen.stop();
    await screen.start();
    shared[0]?.unplug();
    expect(screen.state.track).toBe(shared[1]);
  });

  test("that is picked after the person thought better of it is let go at once", async () => {
    let pick: () => void = () => undefined;
    picker = new Promise((resolve) => (pick = resolve));
    const starting = screen.start();
    screen.stop();
    pick();
    await starting;
    expect(shared[0]?.stopped).toBe(true);
    expect(screen.state.track).toBeNull();
  });
});
