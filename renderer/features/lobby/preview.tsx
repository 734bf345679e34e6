import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/progress.tsx";
import { Video } from "../../ui/stream.tsx";
import { useLocalMedia } from "../context/surroundings.ts";

/** One's own picture as the others will see it, or why there is none. */
export function Preview() {
  const { t } = useTranslation();
  const { camera, cameraStream } = useLocalMedia();
  return (
    <div className="preview" role="group" aria-label={t("lobby.preview")}>
      {camera.on && cameraStream !== null ? (
        <Video stream={cameraStream} mirrored />
      ) : (
        <div className="preview-empty">
          {camera.on && camera.starting ? <Spinner /> : <Icon name="camera-off" />}
          <p>{camera.on && camera.starting ? t("lobby.cameraStarting") : t("lobby.cameraOff")}</p>
        </div>
      )}
    </div>
  );
}
