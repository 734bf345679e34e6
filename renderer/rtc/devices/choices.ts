import type { DeviceChoice, DeviceKind } from "../call-media.ts";

export type Choices = Readonly<Record<DeviceKind, readonly DeviceChoice[]>>;

export const NO_CHOICES: Choices = { microphone: [], camera: [], speaker: [] };

const KINDS: Readonly<Record<DeviceKind, MediaDeviceKind>> = {
  microphone: "audioinput",
  camera: "videoinput",
  speaker: "audiooutput",
};

/** Chromium's names for "whatever the system uses"; null says the same here. */
const ALIASES = new Set(["", "default", "communications"]);

/** The id of a device that was chosen; null for the system's default under any of its names. */
export function chosenId(id: string): string | null {
  return ALIASES.has(id) ? null : id;
}

/** The devices to choose from. Before permission is given the browser hides ids and labels, and the lists are empty. */
export async function listChoices(devices: MediaDevices): Promise<Choices> {
  const found = await devices.enumerateDevices().catch(() => []);
  const of = (kind: DeviceKind): DeviceChoice[] =>
    found
      .filter((device) => device.kind === KINDS[kind] && !ALIASES.has(device.deviceId))
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { microphone: of("microphone"), camera: of("camera"), speaker: of("speaker") };
}
