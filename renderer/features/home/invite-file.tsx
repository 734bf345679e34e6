import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { MAX_INVITE_CHARACTERS } from "../../../core/contract/limits.ts";
import { Button } from "../../ui/button.tsx";
import { INVITE_FILE } from "../invite/save-invite.ts";

/** Takes the link out of a file that somebody was sent. No more is read than a link may be long, and one character over. */
export function InviteFile({ onLink }: { readonly onLink: (link: string) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const read = (file: File | undefined): void => {
    if (file === undefined) return;
    file
      .slice(0, MAX_INVITE_CHARACTERS + 1)
      .text()
      .then((text) => onLink(text.trim()))
      .catch(() => onLink(""));
  };
  return (
    <>
      <Button look="quiet" size="small" onPress={() => input.current?.click()}>
        {t("home.openFile")}
      </Button>
      <input
        ref={input}
        type="file"
        autoComplete="off"
        accept={INVITE_FILE}
        hidden
        onChange={(event) => {
          read(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </>
  );
}
