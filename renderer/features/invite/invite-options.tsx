import { useState } from "react";
import { useTranslation } from "react-i18next";
import { inviteHours, inviteUses, usualInvite, type InviteWish } from "../../../core/contract/invite-wish.ts";
import { MAX_INVITE_LABEL_CHARACTERS } from "../../../core/contract/limits.ts";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { TextField } from "../../ui/text-field.tsx";

/** How long the next link works, for how many and what it is called; the one above stays as it is. */
export function InviteOptions({ onMake }: { readonly onMake: (wish: InviteWish) => void }) {
  const { t } = useTranslation();
  const [wish, setWish] = useState(usualInvite);
  return (
    <details className="invite-options">
      <summary>{t("invite.another")}</summary>
      <div className="invite-choices">
        <div className="invite-pair">
          <Choice
            label={t("invite.lifetime")}
            options={inviteHours.map((hours) => ({ id: String(hours), text: t(`invite.hours${hours}`) }))}
            chosen={String(wish.hours)}
            onChoose={(id) => setWish({ ...wish, hours: inviteHours.find((hours) => String(hours) === id) ?? 24 })}
          />
          <Choice
            label={t("invite.uses")}
            options={inviteUses.map((uses) => ({ id: String(uses), text: t(`invite.uses${uses}`) }))}
            chosen={String(wish.uses)}
            onChoose={(id) => setWish({ ...wish, uses: inviteUses.find((uses) => String(uses) === id) ?? 0 })}
          />
        </div>
        <TextField
          label={t("invite.label")}
          hint={t("invite.labelHint")}
          value={wish.label}
          maxLength={MAX_INVITE_LABEL_CHARACTERS}
          dir="auto"
          onChange={(label) => setWish({ ...wish, label })}
        />
        <Button onPress={() => onMake(wish)}>{t("invite.make")}</Button>
      </div>
    </details>
  );
}
