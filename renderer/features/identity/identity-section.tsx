import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/progress.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import { Contacts } from "./contacts.tsx";
import { DeleteForm } from "./delete-form.tsx";
import { ImportForm } from "./import-form.tsx";
import { NewPassphraseForm } from "./new-passphrase-form.tsx";
import { OpenActions, StartActions, UnlockForm } from "./identity-actions.tsx";
import { saveIdentity } from "./identity-file.ts";
import type { IdentityForm } from "./identity-form.ts";
import "./identity.css";

/** The optional long-lived identity: made, opened, closed, copied, deleted, and whom it knows. */
export function IdentitySection() {
  const { t } = useTranslation();
  const { identity, send } = useSurroundings();
  const [form, setForm] = useState<IdentityForm | null>(null);
  const [known, setKnown] = useState(identity.state);
  const asked = useRef(false);
  const { state, exported, busy, fault } = identity;
  const [taken, setTaken] = useState(exported);
  if (known !== state) {
    setKnown(state);
    setForm(null);
  }
  if (taken !== exported) {
    setTaken(exported);
    if (exported !== null) setForm(null);
  }
  useEffect(() => {
    if (exported === null) return;
    if (asked.current) saveIdentity(exported);
    asked.current = false;
    send({ type: "take-export" });
  }, [exported, send]);
  const close = (): void => setForm(null);
  const section = useRef<HTMLElement>(null);
  const before = useRef(state);
  useEffect(() => {
    // What was focused may have gone with the form: without a place, no key reaches the dialog.
    if (before.current !== state && document.activeElement === document.body) section.current?.focus();
    before.current = state;
  }, [state]);

  return (
    <section ref={section} tabIndex={-1} className="settings-part identity">
      <h3>{t("identity.title")}</h3>
      {state === "none" && <p className="settings-hint">{t("identity.hint")}</p>}
      {state === "damaged" && (
        <p className="note note-warning">
          <Icon name="warning" />
          <span>{t("identity.damaged")}</span>
        </p>
      )}
      {identity.persona !== null && (
        <p className="identity-name">
          <Icon name="verified" />
          <bdi>{identity.persona.name}</bdi>
        </p>
      )}
      {state === "locked" && form === null && <UnlockForm onForm={setForm} />}
      {state === "open" && form === null && <OpenActions onForm={setForm} />}
      {(state === "none" || state === "damaged") && form === null && <StartActions onForm={setForm} />}
      {form === "create" && (
        <NewPassphraseForm
          named
          action={t("identity.doCreate")}
          onCancel={close}
          onDone={(name, passphrase) => send({ type: "create-identity", name, passphrase })}
        />
      )}
      {form === "export" && (
        <NewPassphraseForm
          hint={t("identity.exportHint")}
          action={t("identity.doExport")}
          onCancel={close}
          onDone={(_name, passphrase) => {
            asked.current = true;
            if (passphrase !== null) send({ type: "export-identity", passphrase });
          }}
        />
      )}
      {form === "import" && <ImportForm onCancel={close} />}
      {form === "delete" && <DeleteForm onCancel={close} />}
      <div role="status" className="identity-status">
        {busy && (
          <>
            <Spinner />
            <span>{t("identity.working")}</span>
          </>
        )}
      </div>
      {fault !== null && !busy && (
        <p className="note note-warning" role="alert">
          <Icon name="warning" />
          <span>{t(`identity.fault.${fault}`)}</span>
        </p>
      )}
      {state === "open" && <Contacts />}
    </section>
  );
}
