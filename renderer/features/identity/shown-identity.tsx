import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { useAct } from "../covers/acts-context.ts";
import { plainName } from "../covers/local-acts.ts";
import { useSurroundings } from "../context/surroundings.ts";
import { NameLine } from "./name-line.tsx";
import "./identity.css";

/** What a member has shown of a long-lived identity, and the way to recognise it next time. */
export function ShownIdentity({ participant }: { readonly participant: Participant }) {
  const { t } = useTranslation();
  const { identity } = useSurroundings();
  const { shown, contact, unlike } = participant.persona;
  // The identity's name is the member's own word, as the name in the meeting is.
  const covered = useAct("cover", participant);
  if (shown === null) {
    if (unlike === null) return null;
    return <p className="details-note">{t("identity.unshown", { name: isolate(unlike) })}</p>;
  }
  const called = covered ? plainName(shown.name) : shown.name;
  return (
    <section className="shown-identity">
      <h3>{t("identity.of", { name: isolate(called) })}</h3>
      {contact !== null && <p className="details-note">{t("identity.contact", { name: isolate(contact) })}</p>}
      {contact === null && identity.persona === null && <p className="details-note">{t("identity.needsOwn")}</p>}
      {contact === null && identity.persona !== null && <SaveContact participant={participant} called={called} />}
    </section>
  );
}

interface SaveContactProps {
  readonly participant: Participant;
  readonly called: string;
}

function SaveContact({ participant, called }: SaveContactProps) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const save = (name: string): void => send({ type: "save-contact", member: participant.id, name });
  return <NameLine first={called} action={t("identity.saveContact")} onName={save} />;
}
