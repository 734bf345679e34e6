import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { InviteWish } from "../../../core/contract/invite-wish.ts";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Spinner } from "../../ui/progress.tsx";
import { useSurroundings } from "../context/surroundings.ts";
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
  const asked = useRef(false);
  const [replaced, setReplaced] = useState<string | null>(null);
  const usable =
    view.invite !== null && view.invite.expiresAt > openedAt + WORTH_GIVING_MS && view.invite.link !== replaced;

  useEffect(() => {
    if (usable || asked.current) return;
    asked.current = true;
    send({ type: "create-invite" });
  }, [usable, send]);

  const make = (wish: InviteWish): void => {
    setReplaced(view.invite?.link ?? null);
    asked.current = true;
    send({ type: "create-invite", wish });
  };
  return (
    <Dialog title={t("invite.title")} closeLabel={t("common.close")} onClose={onClose}>
      <p className="dialog-text">{t(view.admission === "invite" ? "invite.hintOpen" : "invite.hint")}</p>
      {view.invite !== null && usable ? (
        <InviteLink key={view.invite.link} invite={view.invite} />
      ) : (
        <p className="invite-making" role="status">
          <Spinner />
          <span>{t("invite.making")}</span>
        </p>
      )}
      {view.invite?.own !== false && <InviteOptions onMake={make} />}
      <InvitesMade invites={view.rules.invites} />
    </Dialog>
  );
}
