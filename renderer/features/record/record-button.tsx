import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { RecordDialog } from "./record-dialog.tsx";
import "./record.css";

/** The way from what happened to a file of it, and to one's own name in such files. */
export function RecordButton({ view }: { readonly view: ScreenOf<"call"> }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className="record-way">
      <Button size="small" onPress={() => setOpen(true)}>
        <Icon name="record" />
        {t("record.title")}
      </Button>
      {open && <RecordDialog view={view} onClose={() => setOpen(false)} />}
    </div>
  );
}
