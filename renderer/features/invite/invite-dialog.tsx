import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { InviteWish } from "../../../core/contract/invite-wish.ts";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Spinner } from "../../ui/progress.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import { isModerating } from "../ruling/standing.ts";
import { InviteOptions } from "./invite-options.tsx";
import { InvitesMade } from "./invites-made.tsx";
import { InviteLink } from "./invite-link.tsx";
import "./invite.css";

/** A link that works for less than this is not worth handing out, in ms. */
const WORTH_GIVING_MS = 10 * 60 * 1000;

interface InviteDialogProps {
  readonly view: ScreenOf<"call">;
  readonly onClose: () => void;
}

/** The link that brings people in, made when it is first asked for. */
export function InviteDialog({ view, onClose }: InviteDialogProps) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const [openedAt] = useState(() => Date.now());
  /** Whether this person could make invites when the last was asked for; null while none is waited for. */
  const asked = useRef<boolean | null>(null);
  const [replaced, setReplaced] = useState<string | null>(null);
  const { invite } = view;
  const able = isModerating(view) || view.rules.inviting === "members";
  const good = invite !== null && invite.works && invite.expiresAt > openedAt + WORTH_GIVING_MS;
  const usable = good && (invite.own || !able) && invite.link !== replaced;
  // What somebody passes on does not get better by asking again.
  const over = !able && invite !== null && !invite.own && !good;

  useEffect(() => {
    if (usable) asked.current = null;
    else if (asked.current !== able) {
      asked.current = able;
      send({ type: "create-invite" });
    }
  }, [usable, able, send]);

  const make = (wish: InviteWish): void => {
    setReplaced(view.invite?.link ?? null);
    asked.current = able;
    send({ type: "create-invite", wish });
  };
  return (
    <Dialog title={t("invite.title")} closeLabel={t("common.close")} onClose={onClose}>
      <p className="dialog-text">{t(view.admission === "invite" ? "invite.hintOpen" : "invite.hint")}</p>
      {over ? (
        <p className="dialog-text">{t("invite.over")}</p>
      ) : usable ? (
        <InviteLink key={invite.link} invite={invite} />
      ) : (
        <p className="invite-making" role="status">
          <Spinner />
          <span>{t("invite.making")}</span>
        </p>
      )}
      {able && <InviteOptions onMake={make} />}
      <InvitesMade invites={view.rules.invites} />
    </Dialog>
  );
}
