import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Switch } from "../../ui/switch.tsx";
import { useSurroundings } from "../context/surroundings.ts";

/** How a saved record is checked, the same in every language. */
const CHECK = "npm run verify-record -- FILE";

interface RecordDialogProps {
  readonly view: ScreenOf<"call">;
  readonly onClose: () => void;
}

/** Saves a record of the meeting as it is now, and asks whether the own name may stand in the records of others. */
export function RecordDialog({ view, onClose }: RecordDialogProps) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const hint = useId();
  const [given, setGiven] = useState(false);
  if (view.record !== null && !given) setGiven(true);
  const own = view.participants.find(({ self }) => self);
  return (
    <Dialog width="narrow" title={t("record.title")} closeLabel={t("common.close")} onClose={onClose}>
      <p className="dialog-text">{t("record.hint")}</p>
      <div className="record-own">
        <Switch
          label={t("record.myName")}
          describedBy={hint}
          icon="people"
          on={own?.inRecords ?? false}
          onChange={(allowed) => send({ type: "name-in-records", allowed })}
        />
        <p id={hint} className="record-note">
          {t("record.myNameHint")}
        </p>
      </div>
      <Named view={view} />
      <div className="record-foot">
        <p role="status" className="record-given">
          {given && (
            <>
              <Icon name="check" />
              <span>{t("record.given")}</span>
            </>
          )}
        </p>
        <Button look="primary" onPress={() => send({ type: "export-record" })}>
          {t("record.save")}
        </Button>
      </div>
      <p className="record-note record-check">
        {t("record.check")} <code dir="ltr">{CHECK}</code>
      </p>
    </Dialog>
  );
}

/** Who of those in the meeting stands in a record by name. */
function Named({ view }: { readonly view: ScreenOf<"call"> }) {
  const { t, i18n } = useTranslation();
  const names = view.participants.filter(({ inRecords }) => inRecords).map(({ name }) => isolate(name));
  if (names.length === 0) return <p className="record-named">{t("record.nobody")}</p>;
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(names);
  const key = names.length === view.participants.length ? "record.everybody" : "record.named";
  return <p className="record-named">{t(key, { names: list })}</p>;
}
