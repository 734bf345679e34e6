import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Invite } from "../../../core/contract/rules.ts";
import { isolate } from "../../locales/isolate.ts";
import { Button } from "../../ui/button.tsx";
import { useSurroundings } from "../context/surroundings.ts";

/** The invites that people came in by and those this person made, newest first, each with a way to close it. */
export function InvitesMade({ invites }: { readonly invites: readonly Invite[] }) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  if (invites.length === 0) return null;
  return (
    <details className="invite-options">
      <summary>{t("invites.title", { count: invites.length })}</summary>
      <ul className="invites" aria-label={t("invites.list")}>
        {invites.toReversed().map((invite) => (
          <MadeInvite key={`${invite.id} ${invite.by}`} invite={invite} now={now} />
        ))}
      </ul>
    </details>
  );
}

function MadeInvite({ invite, now }: { readonly invite: Invite; readonly now: number }) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const { id, label, byName, used, uses, revoked, revocable, expiresAt } = invite;
  const by = isolate(byName === "" ? t("tile.unnamed") : byName);
  const title = label === "" ? t("invites.unnamed") : label;
  const state = useStateWords(invite, now);
  return (
    <li className={`made-invite ${revoked || expiresAt <= now ? "made-invite-over" : ""}`} aria-label={title}>
      <p className="made-invite-title">
        <bdi>{title}</bdi>
      </p>
      <p>{t("invites.by", { by })}</p>
      <p>{state}</p>
      <p>{uses === 0 ? t("invites.used", { count: used }) : t("invites.usedOf", { used, count: uses })}</p>
      <CameIn invite={invite} />
      {revocable && (
        <Button size="small" onPress={() => send({ type: "revoke-invite", invite: id })}>
          {t("invites.close")}
        </Button>
      )}
    </li>
  );
}

/** Whether an invite still works, and until when. */
function useStateWords({ revoked, expiresAt }: Invite, now: number): string {
  const { t, i18n } = useTranslation();
  if (revoked) return t("invites.closed");
  if (expiresAt <= now) return t("invites.expired");
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" }).format(expiresAt);
  return t("invite.expires", { time });
}

function CameIn({ invite: { cameIn, used } }: { readonly invite: Invite }) {
  const { t, i18n } = useTranslation();
  if (used === 0) return null;
  const names = cameIn.map((name) => isolate(name === "" ? t("tile.unnamed") : name));
  const more = used > names.length ? ["…"] : [];
  const list = new Intl.ListFormat(i18n.language, { type: "unit" }).format([...names, ...more]);
  return <p>{t("invites.cameIn", { names: list })}</p>;
}
