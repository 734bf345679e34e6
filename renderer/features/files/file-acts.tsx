import { useTranslation } from "react-i18next";
import type { SharedFile } from "../../../core/contract/files.ts";
import { Button } from "../../ui/button.tsx";
import { useSurroundings } from "../context/surroundings.ts";

/** What can be done about a file in its present state. */
export function FileActs({ file, own }: { readonly file: SharedFile; readonly own: boolean }) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const { from, id, state } = file;
  const take = (): void => send({ type: "take-file", file: { from, id } });
  const drop = (): void => send({ type: "drop-file", file: { from, id } });
  if (own && (state === "offered" || state === "reading")) {
    return (
      <div className="file-acts">
        <Button size="small" onPress={drop}>
          {state === "reading" ? t("files.cancel") : t("files.stop")}
        </Button>
      </div>
    );
  }
  if (own) return null;
  if (state === "offered") {
    return (
      <div className="file-acts">
        <Button size="small" onPress={drop}>
          {t("files.decline")}
        </Button>
        <Button size="small" look="primary" onPress={take}>
          {t("files.save")}
        </Button>
      </div>
    );
  }
  if (state === "receiving" || state === "waiting") {
    return (
      <div className="file-acts">
        <Button size="small" onPress={drop}>
          {t("files.cancel")}
        </Button>
      </div>
    );
  }
  if (state !== "lost" && state !== "declined") return null;
  return (
    <div className="file-acts">
      <Button size="small" onPress={take}>
        {state === "lost" ? t("files.retry") : t("files.afterAll")}
      </Button>
    </div>
  );
}
