import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { TextField } from "../../ui/text-field.tsx";

/** An invite link as text, and a button that copies it and says whether that worked. */
export function LinkToCopy({ link }: { readonly link: string }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<"copied" | "copyFailed" | null>(null);
  const copy = (): void => {
    navigator.clipboard.writeText(link).then(
      () => setOutcome("copied"),
      () => {
        input.current?.select();
        setOutcome("copyFailed");
      },
    );
  };
  return (
    <>
      <div className="invite-line">
        <TextField
          label={t("invite.link")}
          value={link}
          readOnly
          inputRef={input}
          dir="ltr"
          spellCheck={false}
          onFocus={(event) => event.target.select()}
        />
        <Button look="primary" onPress={copy}>
          <Icon name={outcome === "copied" ? "check" : "copy"} />
          {t("invite.copy")}
        </Button>
      </div>
      <p className={`invite-outcome invite-${outcome ?? "idle"}`} role="status">
        {outcome === null ? "" : t(`invite.${outcome}`)}
      </p>
    </>
  );
}
