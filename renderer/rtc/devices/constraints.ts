/** What is asked of a camera. Ideals only: a camera that gives less is used as it is and never scaled up. */
const PICTURE: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 360 },
  frameRate: { ideal: 24, max: 30 },
};
const SOUND: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: { ideal: 1 },
};

export type CaptureKind = "microphone" | "camera";

/** `deviceId` null means the system's default. */
export function captureConstraints(kind: CaptureKind, deviceId: string | null): MediaStreamConstraints {
  const device: MediaTrackConstraints = deviceId === null ? {} : { deviceId: { exact: deviceId } };
  return kind === "microphone" ? { audio: { ...SOUND, ...device } } : { video: { ...PICTURE, ...device } };
}

/** Text and slides matter more than motion. The screen's own sound is not taken. */
export const SCREEN: DisplayMediaStreamOptions = { video: { frameRate: { ideal: 12, max: 15 } }, audio: false };
