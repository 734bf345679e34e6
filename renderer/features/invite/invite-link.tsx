import { useTranslation } from "react-i18next";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { LinkToCopy } from "./link-to-copy.tsx";
import { saveInvite } from "./save-invite.ts";
import { QrCode } from "./qr-code.tsx";

interface InviteLinkProps {
  readonly invite: NonNullable<ScreenOf<"call">["invite"]>;
}

/** The link as text to copy and as a code to scan. */
export function InviteLink({ invite }: InviteLinkProps) {
  const { link, expiresAt, label, uses } = invite;
  const { t, i18n } = useTranslation();
  const until = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" }).format(expiresAt);
  return (
    <div className="invite">
      <QrCode text={link} label={t("invite.qr")} />
      <p className="invite-scan">{t("invite.qrHint")}</p>
      <LinkToCopy link={link} />
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
