import type { SoundTreatment } from "../../../core/contract/settings.ts";

const TREATMENTS = ["echoCancellation", "noiseSuppression", "autoGainControl"] as const;

/** How large a camera's picture is asked for: enough for most tiles, or for somebody who shows it large. */
export type CameraSize = "usual" | "large";

/** What is asked of a camera. Ideals only: a camera that gives less is used as it is and never scaled up. */
const PICTURES: Readonly<Record<CameraSize, MediaTrackConstraints>> = {
  usual: { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 30, max: 30 } },
  large: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } },
};
const SOUND: MediaTrackConstraints = { channelCount: { ideal: 1 } };

export type CaptureKind = "microphone" | "camera";

function deviceOf(deviceId: string | null): MediaTrackConstraints {
  return deviceId === null ? {} : { deviceId: { exact: deviceId } };
}

/** What is asked of a microphone. `deviceId` null means the system's default. */
export function soundConstraints(deviceId: string | null, treatment: SoundTreatment): MediaTrackConstraints {
  return { ...SOUND, ...treatment, ...deviceOf(deviceId) };
}

/** What is asked of a camera. `deviceId` null means the system's default. */
export function pictureConstraints(deviceId: string | null, size: CameraSize): MediaTrackConstraints {
  return { ...PICTURES[size], ...deviceOf(deviceId) };
}

/** Whether two wishes for it are the same. */
export function sameTreatment(one: SoundTreatment, other: SoundTreatment): boolean {
  return TREATMENTS.every((part) => one[part] === other[part]);
}

/** Whether an open microphone's sound is treated so, as far as the browser says. */
export function isTreated(settings: MediaTrackSettings, treatment: SoundTreatment): boolean {
  return TREATMENTS.every((part) => settings[part] === undefined || settings[part] === treatment[part]);
}

/** Text and slides matter more than motion. The screen's own sound is not taken. */
export const SCREEN: DisplayMediaStreamOptions = { video: { frameRate: { ideal: 12, max: 15 } }, audio: false };
