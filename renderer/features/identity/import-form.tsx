import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import { IDENTITY_FILE, readIdentity } from "./identity-file.ts";
import { PassphraseField } from "./passphrase-field.tsx";

/** Takes an exported file and its passphrase. */
export function ImportForm({ onCancel }: { readonly onCancel: () => void }) {
  const { t } = useTranslation();
  const { identity, send } = useSurroundings();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState("");
  const submit = (chosen: File): void => {
    const typed = passphrase;
    setPassphrase("");
    readIdentity(chosen)
      .then((bytes) => send({ type: "import-identity", file: bytes, passphrase: typed }))
      .catch(() => send({ type: "import-identity", file: "", passphrase: typed }));
  };
  return (
    <form
      className="identity-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== null && passphrase !== "") submit(file);
      }}
    >
      <div className="identity-actions">
        <Button autoFocus onPress={() => input.current?.click()}>
          {t("identity.chooseFile")}
        </Button>
        {file !== null && <bdi className="identity-file">{file.name}</bdi>}
      </div>
      <input
        ref={input}
        type="file"
        autoComplete="off"
        accept={IDENTITY_FILE}
        hidden
        onChange={(event) => setFile(event.target.files?.[0] ?? null)}
      />
      <PassphraseField label={t("identity.passphrase")} value={passphrase} onChange={setPassphrase} />
      <div className="identity-actions">
        <Button type="submit" look="primary" isDisabled={file === null || passphrase === ""} isPending={identity.busy}>
          {t("identity.doImport")}
        </Button>
        <Button onPress={onCancel}>{t("identity.cancel")}</Button>
      </div>
    </form>
  );
}
