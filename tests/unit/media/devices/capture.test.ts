import { beforeEach, describe, expect, test, vi } from "vitest";
import { Capture } from "../../../../renderer/rtc/devices/capture.ts";
import { screenProblem } from "../../../../renderer/rtc/devices/device-error.ts";
import { FakeDevices } from "./fake-devices.ts";

let devices: FakeDevices;
let changes: number;

function create(kind: "microphone" | "camera"): Capture {
  return new Capture({ kind, devices: devices.asMediaDevices, onChange: () => changes++ });
}

function latch(): { readonly gate: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  return { gate, open };
}

beforeEach(() => {
  devices = new FakeDevices();
  changes = 0;
});

describe("a device", () => {
  test("is on but not opened until it is held", () => {
    expect(create("camera").state).toMatchObject({ on: true, track: null, starting: false });
    expect(devices.opened).toHaveLength(0);
  });

  test("shows that it is starting, then its track", async () => {
    const { gate, open } = latch();
    devices.gate = gate;
    const camera = create("camera");
    const held = camera.hold();
    await vi.waitFor(() => expect(camera.state.starting).toBe(true));
    open();
    await held;
    expect(camera.state).toMatchObject({ starting: false, problem: null, track: devices.opened[0] });
    expect(changes).toBeGreaterThan(1);
  });

  test.each([
    ["NotAllowedError", "refused"],
    ["NotReadableError", "busy"],
    ["NotFoundError", "none-found"],
    ["TypeError", "failed"],
  ])("%s means %s, and stays asked for", async (name, problem) => {
    devices.failures.set("", name);
    const camera = create("camera");
    await camera.hold();
    expect(camera.state).toMatchObject({ on: true, starting: false, problem, track: null });
  });

  test("pressing again after a failure tries again", async () => {
    devices.failures.set("", "NotReadableError");
    const camera = create("camera");
    await camera.hold();
    devices.failures.clear();
    await camera.set(true);
    expect(camera.state).toMatchObject({ problem: null, track: devices.opened[0] });
  });

  test("a choice replaces the open device and stops the old one", async () => {
    const camera = create("camera");
    await camera.hold();
    await camera.choose("front");
    expect(camera.state).toMatchObject({ chosen: "front", track: devices.opened[1] });
    expect(devices.opened.map(({ stopped }) => stopped)).toEqual([true, false]);
  });

  test("a chosen device that is gone gives way to the default", async () => {
    devices.failures.set("front", "OverconstrainedError");
    const camera = create("camera");
    await camera.hold();
    await camera.choose("front");
    expect(camera.state).toMatchObject({ chosen: null, problem: null });
    expect(camera.state.track).toBe(devices.opened.at(-1));
  });

  test("one that is pulled out gives way to the default", async () => {
    const microphone = create("microphone");
    await microphone.choose("headset");
    await microphone.hold();
    devices.opened[0]?.unplug();
    expect(microphone.state).toMatchObject({ problem: "unplugged", track: null });
    await vi.waitFor(() => expect(microphone.state.track).toBe(devices.opened[1]));
    expect(microphone.state).toMatchObject({ chosen: null, problem: null });
  });

  test("one that is pulled out where there is no other says so, and comes back with the next device", async () => {
    const microphone = create("microphone");
    await microphone.hold();
    devices.failures.set("", "NotFoundError");
    devices.opened[0]?.unplug();
    await vi.waitFor(() => expect(microphone.state).toMatchObject({ problem: "unplugged", starting: false }));
    devices.failures.clear();
    await microphone.retry();
    expect(microphone.state).toMatchObject({ problem: null, track: devices.opened[1] });
  });

  test("a permission that was refused is not asked for again by itself", async () => {
    devices.failures.set("", "NotAllowedError");
    const microphone = create("microphone");
    await microphone.hold();
    devices.failures.clear();
    await microphone.retry();
    expect(microphone.state).toMatchObject({ problem: "refused", track: null });
  });

  test("release lets it go, also while it is still opening", async () => {
    const { gate, open } = latch();
    devices.gate = gate;
    const camera = create("camera");
    const held = camera.hold();
    await vi.waitFor(() => expect(camera.state.starting).toBe(true));
    camera.release();
    open();
    await held;
    expect(camera.state).toMatchObject({ track: null, starting: false });
    expect(devices.opened[0]?.stopped).toBe(true);
  });
});

describe("a camera", () => {
  test("that is switched off is let go", async () => {
    const camera = create("camera");
    await camera.hold();
    await camera.set(false);
    expect(camera.state).toMatchObject({ on: false, track: null });
    expect(devices.opened[0]?.stopped).toBe(true);
  });

  test("that is switched off while it opens is never shown", async () => {
    const { gate, open } = latch();
    devices.gate = gate;
    let shown = false;
    const onChange = (): void => {
      shown ||= camera.state.track !== null;
    };
    const camera = new Capture({ kind: "camera", devices: devices.asMediaDevices, onChange });
    const held = camera.hold();
    await vi.waitFor(() => expect(camera.state.starting).toBe(true));
    const off = camera.set(false);
    open();
    await Promise.all([held, off]);
    expect(shown).toBe(false);
    expect(camera.state.track).toBeNull();
    expect(devices.opened[0]?.stopped).toBe(true);
  });

  test("ends as the last press says, however quick the presses", async () => {
    const camera = create("camera");
    await Promise.all([camera.hold(), camera.set(false), camera.set(true), camera.set(false), camera.set(true)]);
    expect(camera.state.on).toBe(true);
    expect(camera.state.track).not.toBeNull();
    expect(devices.opened.filter(({ stopped }) => !stopped)).toHaveLength(1);
  });
});

describe("a camera's size", () => {
  const large = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
  const usual = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 30, max: 30 } };

  test("changes while it is open, without another camera and once for each wish", async () => {
    const camera = create("camera");
    await camera.choose("front");
    await camera.hold();
    const [track] = devices.opened;
    expect(track?.constraints).toEqual({ ...usual, deviceId: { exact: "front" } });
    await camera.resize("large");
    expect(track?.constraints).toEqual({ ...large, deviceId: { exact: "front" } });
    const told = changes;
    await camera.resize("large");
    expect(changes).toBe(told);
    await camera.resize("usual");
    expect(track?.constraints.width).toEqual(usual.width);
    expect(devices.opened).toHaveLength(1);
    expect(camera.state.track).toBe(track);
  });

  test("that is wished for while it is closed holds for the next one that is opened", async () => {
    const camera = create("camera");
    await camera.resize("large");
    expect(devices.opened).toHaveLength(0);
    await camera.hold();
    expect(devices.opened[0]?.constraints).toEqual(large);
  });

  test("that it refuses leaves its picture as it is", async () => {
    devices.pliant = false;
    const camera = create("camera");
    await camera.hold();
    await camera.resize("large");
    expect(camera.state).toMatchObject({ track: devices.opened[0], problem: null });
    expect(devices.opened[0]?.stopped).toBe(false);
  });
});

describe("a microphone", () => {
  test("that is muted stays open and silent", async () => {
    const microphone = create("microphone");
    await microphone.hold();
    const muted = microphone.set(false);
    // At once, before anything is awaited.
    expect(devices.opened[0]?.enabled).toBe(false);
    await muted;
    expect(microphone.state.track).toBe(devices.opened[0]);
    await microphone.set(true);
    expect(devices.opened).toHaveLength(1);
    expect(devices.opened[0]?.enabled).toBe(true);
  });

  test("that is muted before it is opened is not opened", async () => {
    const microphone = create("microphone");
    await microphone.set(false);
    await microphone.hold();
    expect(devices.opened).toHaveLength(0);
  });

  test("that is muted and exchanged stays silent", async () => {
    const microphone = create("microphone");
    await microphone.hold();
    const { gate, open } = latch();
    devices.gate = gate;
    const chosen = microphone.choose("headset");
    await vi.waitFor(() => expect(microphone.state.starting).toBe(true));
    const muted = microphone.set(false);
    open();
    await Promise.all([chosen, muted]);
    expect(devices.opened.map(({ enabled }) => enabled)).toEqual([false, false]);
  });
});

describe("screen sharing", () => {
  test("a picker that was closed is no problem; a system that forbids it is", () => {
    expect(screenProblem(new DOMException("Permission denied by user", "NotAllowedError"))).toBeNull();
    expect(screenProblem(new DOMException("Permission denied by system", "NotAllowedError"))).toBe("refused");
    expect(screenProblem(new DOMException("", "NotReadableError"))).toBe("busy");
  });
});
