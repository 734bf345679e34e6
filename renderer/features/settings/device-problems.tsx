import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import { useLocalMedia } from "../context/surroundings.ts";

/** What is wrong with one's own devices and what to do, in words. */
export function DeviceProblems() {
  const { t } = useTranslation();
  const { microphone, camera, screen } = useLocalMedia();
  const texts = [
    microphone.on && microphone.problem !== null ? t(`deviceProblem.microphone.${microphone.problem}`) : null,
    camera.on && camera.problem !== null ? t(`deviceProblem.camera.${camera.problem}`) : null,
    screen.problem !== null ? t(`deviceProblem.screen.${screen.problem}`) : null,
  ].filter((text) => text !== null);
  return (
    <div className="device-problems" role="status" hidden={texts.length === 0}>
      {texts.map((text) => (
        <p key={text} className="note note-warning">
          <Icon name="warning" />
          <span>{text}</span>
        </p>
      ))}
    </div>
  );
}
