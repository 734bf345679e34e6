import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { saveInvite } from "./save-invite.ts";
import { QrCode } from "./qr-code.tsx";

interface InviteLinkProps {
  readonly invite: NonNullable<ScreenOf<"call">["invite"]>;
}

/** The link as text to copy and as a code to scan. */
export function InviteLink({ invite }: InviteLinkProps) {
  const { link, expiresAt, label, uses } = invite;
  const { t, i18n } = useTranslation();
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
  const until = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" }).format(expiresAt);
  return (
    <div className="invite">
      <QrCode text={link} label={t("invite.qr")} />
      <p className="invite-scan">{t("invite.qrHint")}</p>
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
      <div className="invite-foot">
        <span>
          {label !== "" && <bdi className="invite-label">{label}</bdi>}
          {t("invite.expires", { time: until })} {uses > 0 && t("invite.forPeople", { count: uses })}
        </span>
        <Button look="quiet" size="small" onPress={() => saveInvite(link)}>
          {t("invite.save")}
        </Button>
      </div>
    </div>
  );
}
