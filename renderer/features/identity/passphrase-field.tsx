import { MAX_PASSPHRASE_CHARACTERS } from "../../../core/contract/limits.ts";
import { TextField } from "../../ui/text-field.tsx";

interface PassphraseFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly error?: string | null;
  readonly onChange: (value: string) => void;
}

/** Takes a passphrase: nothing fills it in, and it is read from left to right in every language. */
export function PassphraseField(props: PassphraseFieldProps) {
  return <TextField {...props} type="password" maxLength={MAX_PASSPHRASE_CHARACTERS} dir="ltr" />;
}
