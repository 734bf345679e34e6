import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/progress.tsx";
import type { Connection } from "./connection.ts";

/** The state of a link as sign and words; the words of a state that needs nothing are shown on a closer look only. */
export function ConnectionMark({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  return (
    <span className={`connection connection-${connection}`} title={t(`tile.${connection}`)}>
      {connection === "connecting" ? <Spinner /> : <Icon name={connection === "away" ? "lost" : connection} />}
      <span className="connection-words">{t(`tile.${connection}`)}</span>
    </span>
  );
}
