import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { cleanName } from "../../../core/contract/clean-name.ts";
import { MAX_NAME_CHARACTERS, MIN_PASSPHRASE_CHARACTERS } from "../../../core/contract/limits.ts";
import { Button } from "../../ui/button.tsx";
import { Switch } from "../../ui/switch.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import { PassphraseField } from "./passphrase-field.tsx";

interface NewPassphraseFormProps {
  /** Whether a name is asked for, and the keychain offered where there is one. */
  readonly named?: boolean;
  readonly hint?: string;
  readonly action: string;
  /** The passphrase is null where the keychain was chosen. */
  readonly onDone: (name: string, passphrase: string | null) => void;
  readonly onCancel: () => void;
}

type Fault = "nameMissing" | "tooShort" | "differ";

/** Asks for a passphrase that something is to be locked with, twice, because nobody can reset it. */
export function NewPassphraseForm({ named = false, hint, action, onDone, onCancel }: NewPassphraseFormProps) {
  const { t } = useTranslation();
  const { identity } = useSurroundings();
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [keychain, setKeychain] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const cleaned = cleanName(name);
    const found = faultOf({ name: named ? cleaned : "-", passphrase, again, keychain });
    setFault(found);
    if (found !== null) return;
    onDone(cleaned, keychain ? null : passphrase);
    setPassphrase("");
    setAgain("");
  };
  const errorOf = (mine: Fault): string | null =>
    fault === mine ? t(`identity.${mine}`, { least: MIN_PASSPHRASE_CHARACTERS }) : null;
  return (
    <form className="identity-form" noValidate onSubmit={submit}>
      {hint !== undefined && <p className="settings-hint">{hint}</p>}
      {named && (
        <TextField
          label={t("identity.name")}
          value={name}
          maxLength={MAX_NAME_CHARACTERS}
          dir="auto"
          autoFocus
          error={errorOf("nameMissing")}
          onChange={setName}
        />
      )}
      {named && identity.keychain && (
        <>
          <Switch label={t("identity.keychain")} icon="lock" on={keychain} onChange={setKeychain} />
          {keychain && <p className="settings-hint">{t("identity.keychainHint")}</p>}
        </>
      )}
      {!keychain && (
        <>
          <PassphraseField
            label={t("identity.newPassphrase")}
            hint={t("identity.passphraseHint")}
            value={passphrase}
            error={errorOf("tooShort")}
            onChange={setPassphrase}
          />
          <PassphraseField label={t("identity.again")} value={again} error={errorOf("differ")} onChange={setAgain} />
        </>
      )}
      <div className="identity-actions">
        <Button type="submit" look="primary" isPending={identity.busy}>
          {action}
        </Button>
        <Button onPress={onCancel}>{t("identity.cancel")}</Button>
      </div>
    </form>
  );
}

interface Filled {
  readonly name: string;
  readonly passphrase: string;
  readonly again: string;
  readonly keychain: boolean;
}

function faultOf({ name, passphrase, again, keychain }: Filled): Fault | null {
  if (name === "") return "nameMissing";
  if (keychain) return null;
  if (passphrase.length < MIN_PASSPHRASE_CHARACTERS) return "tooShort";
  return passphrase === again ? null : "differ";
}
