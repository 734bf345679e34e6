import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MAX_REASON_CHARACTERS } from "../../../core/contract/limits.ts";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { Spinner } from "../../ui/progress.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { useSurroundings } from "../context/surroundings.ts";

/** The one message that somebody removed may write to those who are left, and what has become of it. */
export function Appeal({ stage }: { readonly stage: ScreenOf<"ended">["appeal"] }) {
  const { t } = useTranslation();
  if (stage === "none") return null;
  if (stage === "possible") return <AppealForm />;
  return (
    <p className="appeal-state" role="status">
      {stage === "sending" && <Spinner />}
      <span>{t(`appeal.${stage}`)}</span>
    </p>
  );
}

function AppealForm() {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const [text, setText] = useState("");
  const said = text.trim();
  return (
    <div className="appeal">
      <TextArea
        label={t("appeal.label")}
        hint={t("appeal.hint")}
        value={text}
        maxLength={MAX_REASON_CHARACTERS}
        onChange={setText}
      />
      <Button isDisabled={said === ""} onPress={() => send({ type: "appeal", text: said })}>
        {t("appeal.send")}
      </Button>
    </div>
  );
}
