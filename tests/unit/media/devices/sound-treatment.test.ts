import { beforeEach, expect, test } from "vitest";
import { usualTreatment } from "../../../../core/contract/settings.ts";
import { Capture } from "../../../../renderer/rtc/devices/capture.ts";
import { FakeDevices } from "./fake-devices.ts";

const MUSIC = { echoCancellation: false, noiseSuppression: false, autoGainControl: true };

let devices: FakeDevices;
let microphone: Capture;

beforeEach(() => {
  devices = new FakeDevices();
  microphone = new Capture({ kind: "microphone", devices: devices.asMediaDevices, onChange: () => undefined });
});

test("a microphone is opened with everything that helps, unless told otherwise before", async () => {
  await microphone.hold();
  expect(devices.opened[0]?.constraints).toMatchObject(usualTreatment);
  microphone.release();
  await microphone.treat(MUSIC);
  await microphone.hold();
  expect(devices.opened[1]?.constraints).toMatchObject(MUSIC);
});

test("a microphone that can change while it is open goes on", async () => {
  await microphone.choose("usb");
  await microphone.hold();
  await microphone.treat(MUSIC);
  expect(devices.opened).toHaveLength(1);
  expect(devices.opened[0]).toMatchObject({ stopped: false, constraints: { ...MUSIC, deviceId: { exact: "usb" } } });
});

test("a microphone that cannot is opened again, and the old one let go", async () => {
  devices.pliant = false;
  await microphone.hold();
  await microphone.treat(MUSIC);
  expect(devices.opened).toHaveLength(2);
  expect(devices.opened[0]?.stopped).toBe(true);
  expect(devices.opened[1]?.constraints).toMatchObject(MUSIC);
  expect(microphone.state.track).toBe(devices.opened[1]);
  await microphone.treat(MUSIC);
  expect(devices.opened).toHaveLength(2);
});

test("the same wish in another object leaves a microphone alone, also one that never does what it is told", async () => {
  devices.pliant = false;
  await microphone.hold();
  await microphone.treat(MUSIC);
  const [, opened] = devices.opened;
  if (opened !== undefined) opened.getSettings = () => ({ ...usualTreatment });
  for (let snapshot = 0; snapshot < 3; snapshot++) await microphone.treat({ ...MUSIC });
  expect(devices.opened).toHaveLength(2);
  expect(opened?.stopped).toBe(false);
});

test("one that is muted changes when it is heard again, and one that is not held is not opened", async () => {
  await microphone.hold();
  await microphone.set(false);
  await microphone.treat(MUSIC);
  expect(devices.opened[0]?.constraints).toMatchObject(usualTreatment);
  await microphone.set(true);
  expect(devices.opened[0]?.constraints).toMatchObject(MUSIC);
  microphone.release();
  await microphone.treat(usualTreatment);
  expect(devices.opened).toHaveLength(1);
});

test("a camera is left alone", async () => {
  const camera = new Capture({ kind: "camera", devices: devices.asMediaDevices, onChange: () => undefined });
  devices.pliant = false;
  await camera.hold();
  await camera.treat(MUSIC);
  expect(devices.opened).toHaveLength(1);
});
