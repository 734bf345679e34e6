import { useTranslation } from "react-i18next";
import { isolate } from "../../locales/isolate.ts";
import { Switch } from "../../ui/switch.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import "./identity.css";

/** Whether the members of this meeting shall see one's identity. Not there for those who have none open. */
export function ShowIdentity() {
  const { t } = useTranslation();
  const { identity, send } = useSurroundings();
  if (identity.persona === null) return null;
  return (
    <div className="show-identity">
      <Switch
        label={t("identity.show", { name: isolate(identity.persona.name) })}
        icon="verified"
        on={identity.shown}
        onChange={(shown) => send({ type: "show-persona", shown })}
      />
    </div>
  );
}
