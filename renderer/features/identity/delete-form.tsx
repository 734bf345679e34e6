import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { useSurroundings } from "../context/surroundings.ts";

/** Asks before something is gone that nobody can bring back. */
export function DeleteForm({ onCancel }: { readonly onCancel: () => void }) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  return (
    <div className="identity-form" role="group" aria-label={t("identity.delete")}>
      <p>{t("identity.deleteHint")}</p>
      <div className="identity-actions">
        <Button look="danger" onPress={() => send({ type: "delete-identity" })}>
          {t("identity.delete")}
        </Button>
        <Button autoFocus onPress={onCancel}>
          {t("identity.cancel")}
        </Button>
      </div>
    </div>
  );
}
