import { useTranslation } from "react-i18next";
import { Switch } from "../../ui/switch.tsx";
import { useLocalMedia, useSurroundings } from "../context/surroundings.ts";
import { LevelMeter } from "../settings/level-meter.tsx";

/** Microphone and camera, on or off, and the sound that the microphone hears. */
export function LobbySwitches() {
  const { t } = useTranslation();
  const { media } = useSurroundings();
  const { microphone, camera } = useLocalMedia();
  return (
    <div className="lobby-switches">
      <Switch
        label={t("device.microphone")}
        icon={microphone.on ? "microphone" : "microphone-off"}
        on={microphone.on}
        onChange={(on) => void media.setMicrophone(on)}
      />
      <LevelMeter />
      <Switch
        label={t("device.camera")}
        icon={camera.on ? "camera" : "camera-off"}
        on={camera.on}
        onChange={(on) => void media.setCamera(on)}
      />
    </div>
  );
}
