import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import type { IdentityForm } from "./identity-form.ts";
import { PassphraseField } from "./passphrase-field.tsx";

interface ActionsProps {
  readonly onForm: (form: IdentityForm) => void;
}

/** The ways to an identity for those who have none; for a file that cannot be read, the way to do without it. */
export function StartActions({ onForm }: ActionsProps) {
  const { t } = useTranslation();
  const { identity } = useSurroundings();
  if (identity.state === "damaged") {
    return (
      <div className="identity-actions">
        <Button onPress={() => onForm("delete")}>{t("identity.delete")}</Button>
      </div>
    );
  }
  return (
    <div className="identity-actions">
      <Button onPress={() => onForm("create")}>{t("identity.create")}</Button>
      <Button look="quiet" onPress={() => onForm("import")}>
        {t("identity.import")}
      </Button>
    </div>
  );
}

/** What can be done with an identity that is open. */
export function OpenActions({ onForm }: ActionsProps) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  return (
    <div className="identity-actions">
      <Button onPress={() => send({ type: "lock-identity" })}>{t("identity.lock")}</Button>
      <Button onPress={() => onForm("export")}>{t("identity.export")}</Button>
      <Button look="quiet" onPress={() => onForm("delete")}>
        {t("identity.delete")}
      </Button>
    </div>
  );
}

/** Opens the identity. What was typed leaves the page with the command and is forgotten here. */
export function UnlockForm({ onForm }: ActionsProps) {
  const { t } = useTranslation();
  const { identity, send } = useSurroundings();
  const [passphrase, setPassphrase] = useState("");
  const byKeychain = identity.keeping === "keychain";
  return (
    <form
      className="identity-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!byKeychain && passphrase === "") return;
        send({ type: "unlock-identity", passphrase: byKeychain ? null : passphrase });
        setPassphrase("");
      }}
    >
      <p className="settings-hint">{t(byKeychain ? "identity.lockedKeychain" : "identity.locked")}</p>
      {!byKeychain && <PassphraseField label={t("identity.passphrase")} value={passphrase} onChange={setPassphrase} />}
      <div className="identity-actions">
        <Button type="submit" isPending={identity.busy}>
          {t("identity.unlock")}
        </Button>
        <Button look="quiet" onPress={() => onForm("delete")}>
          {t("identity.delete")}
        </Button>
      </div>
    </form>
  );
}
