import { useTranslation } from "react-i18next";
import { admissions } from "../../../core/contract/parts.ts";
import { invitingWays, removalWays, type Rules } from "../../../core/contract/rules.ts";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { Choice } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Switch } from "../../ui/switch.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import { isModerating } from "./standing.ts";
import "./ruling.css";

interface RulesDialogProps {
  readonly view: ScreenOf<"call">;
  readonly onClose: () => void;
}

/** How the meeting is ruled: everybody can read it, and moderators change it. */
export function RulesDialog({ view, onClose }: RulesDialogProps) {
  const { t } = useTranslation();
  const moderating = isModerating(view);
  const { admission } = view.rules;
  return (
    <Dialog width="narrow" title={t("rules.title")} closeLabel={t("common.close")} onClose={onClose}>
      {moderating ? <Changeable view={view} /> : <InWords view={view} />}
      {view.admission !== admission && <p className="rules-note">{t("rules.knockAnyway")}</p>}
      <p className="rules-note">{t(moderating ? "rules.told" : "rules.moderatorsChange")}</p>
    </Dialog>
  );
}

function Changeable({ view }: { readonly view: ScreenOf<"call"> }) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const { locked, admission, removal, inviting } = view.rules;
  const change = (changes: Partial<Pick<Rules, "admission" | "removal" | "inviting">>): void =>
    send({ type: "set-policy", admission, removal, inviting, ...changes });
  return (
    <div className="rules">
      <Switch
        label={t("rules.lock")}
        icon="lock"
        on={locked}
        onChange={(on) => send({ type: on ? "lock" : "unlock" })}
      />
      <Choice
        label={t("home.howIn")}
        options={admissions.map((id) => ({ id, text: t(`admission.${id}`) }))}
        chosen={admission}
        onChoose={(id) => change({ admission: admissions.find((known) => known === id) ?? admission })}
      />
      <Choice
        label={t("rules.whoInvites")}
        options={invitingWays.map((id) => ({ id, text: t(`inviting.${id}`) }))}
        chosen={inviting}
        onChoose={(id) => change({ inviting: invitingWays.find((known) => known === id) ?? inviting })}
      />
      <Choice
        label={t("rules.whoRemoves")}
        options={removalWays.map((id) => ({ id, text: t(`removal.${id}`) }))}
        chosen={removal}
        onChoose={(id) => change({ removal: removalWays.find((known) => known === id) ?? removal })}
      />
    </div>
  );
}

function InWords({ view }: { readonly view: ScreenOf<"call"> }) {
  const { t } = useTranslation();
  const { locked, removal, inviting, votesDecide } = view.rules;
  return (
    <dl className="rules rules-words">
      <div>
        <dt>{t("home.howIn")}</dt>
        <dd>{locked ? t("rules.lockedHint") : t(`admission.${view.admission}`)}</dd>
      </div>
      <div>
        <dt>{t("rules.whoInvites")}</dt>
        <dd>{t(`inviting.${inviting}`)}</dd>
      </div>
      <div>
        <dt>{t("rules.whoRemoves")}</dt>
        <dd>{t(`removal.${votesDecide ? "votes" : removal}`)}</dd>
      </div>
    </dl>
  );
}
