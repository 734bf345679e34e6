import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IdentityView } from "../../../core/contract/identity.ts";
import { isolate } from "../../locales/isolate.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import { NameLine } from "./name-line.tsx";

type SavedContact = IdentityView["contacts"][number];

/** The people whose identities were saved, under one's own names for them. */
export function Contacts() {
  const { t } = useTranslation();
  const { contacts } = useSurroundings().identity;
  const [renamed, setRenamed] = useState<string | null>(null);
  return (
    <div className="contacts">
      <h4>{t("identity.contacts")}</h4>
      {contacts.length === 0 && <p className="settings-hint">{t("identity.noContacts")}</p>}
      <ul aria-label={t("identity.contacts")}>
        {contacts.map((contact) =>
          contact.id === renamed ? (
            <li key={contact.id}>
              <RenameContact contact={contact} onDone={() => setRenamed(null)} />
            </li>
          ) : (
            <ContactRow key={contact.id} contact={contact} onRename={() => setRenamed(contact.id)} />
          ),
        )}
      </ul>
    </div>
  );
}

function ContactRow({ contact, onRename }: { readonly contact: SavedContact; readonly onRename: () => void }) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const name = isolate(contact.name);
  return (
    <li className="contact">
      <span className="contact-name">
        <bdi>{contact.name}</bdi>
        {contact.verified && (
          <span
            className="trust trust-verified"
            role="img"
            aria-label={t("trust.verified")}
            title={t("trust.verified")}
          >
            <Icon name="verified" />
          </span>
        )}
        {contact.toldName !== contact.name && <bdi className="contact-told">{contact.toldName}</bdi>}
      </span>
      <Button look="quiet" size="small" aria-label={t("identity.renameContact", { name })} onPress={onRename}>
        {t("identity.rename")}
      </Button>
      <Button
        look="quiet"
        size="small"
        aria-label={t("identity.removeContact", { name })}
        onPress={() => send({ type: "remove-contact", contact: contact.id })}
      >
        {t("identity.remove")}
      </Button>
    </li>
  );
}

function RenameContact({ contact, onDone }: { readonly contact: SavedContact; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const rename = (name: string): void => {
    send({ type: "rename-contact", contact: contact.id, name });
    onDone();
  };
  return <NameLine first={contact.name} action={t("identity.save")} autoFocus onName={rename} />;
}
