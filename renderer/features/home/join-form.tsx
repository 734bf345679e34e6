import type { Ref, SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { InviteFile } from "./invite-file.tsx";

interface JoinFormProps {
  readonly invite: string;
  readonly error: string | null;
  readonly inputRef: Ref<HTMLInputElement>;
  readonly onInvite: (typed: string) => void;
  readonly onJoin: () => void;
}

/** The invite link and the button that opens it. */
export function JoinForm({ invite, error, inputRef, onInvite, onJoin }: JoinFormProps) {
  const { t } = useTranslation();
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    onJoin();
  };
  return (
    <form className="join-form" noValidate onSubmit={submit}>
      <TextField
        label={t("home.inviteLink")}
        placeholder="vigil://join/#…"
        value={invite}
        error={error}
        inputRef={inputRef}
        onChange={onInvite}
        autoCapitalize="off"
        spellCheck={false}
        dir="ltr"
      />
      <Button type="submit">{t("home.join")}</Button>
      <InviteFile onLink={onInvite} />
    </form>
  );
}
