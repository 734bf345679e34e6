import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { cleanName } from "../../../core/contract/clean-name.ts";
import { TextField } from "../../ui/text-field.tsx";

interface NameFieldProps {
  readonly name: string;
  readonly error: string | null;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly onName: (name: string) => void;
  readonly onEdit?: () => void;
}

/** The name that the others will see; cleaned as soon as the field is left. */
export function NameField({ name, error, inputRef, onName, onEdit }: NameFieldProps) {
  const { t } = useTranslation();
  return (
    <TextField
      label={t("home.yourName")}
      hint={t("home.nameHint")}
      value={name}
      error={error}
      {...(inputRef === undefined ? {} : { inputRef })}
      spellCheck={false}
      dir="auto"
      onBlur={() => onName(cleanName(name))}
      onChange={(typed) => {
        onEdit?.();
        onName(typed);
      }}
    />
  );
}
