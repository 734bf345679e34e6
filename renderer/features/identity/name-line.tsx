import { useState } from "react";
import { useTranslation } from "react-i18next";
import { cleanName } from "../../../core/contract/clean-name.ts";
import { MAX_NAME_CHARACTERS } from "../../../core/contract/limits.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/text-field.tsx";

interface NameLineProps {
  readonly first: string;
  /** What its button does. */
  readonly action: string;
  readonly autoFocus?: boolean;
  /** The name, cleaned and not empty. */
  readonly onName: (name: string) => void;
}

/** One's own name for a contact, on one line with what is done with it. */
export function NameLine({ first, action, autoFocus = false, onName }: NameLineProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(first);
  const cleaned = cleanName(name);
  return (
    <form
      className="identity-line"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (cleaned !== "") onName(cleaned);
      }}
    >
      <TextField
        label={t("identity.contactName")}
        value={name}
        maxLength={MAX_NAME_CHARACTERS}
        dir="auto"
        autoFocus={autoFocus}
        onChange={setName}
      />
      <Button type="submit" isDisabled={cleaned === ""}>
        {action}
      </Button>
    </form>
  );
}
