import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { cleanName } from "../../../core/contract/clean-name.ts";
import { MAX_INVITE_CHARACTERS } from "../../../core/contract/limits.ts";
import type { ProblemCode } from "../../../core/contract/problems.ts";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { useFocusOnMount } from "../../ui/use-focus-on-mount.ts";
import { useSurroundings } from "../context/surroundings.ts";
import { Masthead } from "./masthead.tsx";
import { JoinForm } from "./join-form.tsx";
import { NameField } from "./name-field.tsx";
import { StartForm, type StartRules } from "./start-form.tsx";
import { fieldOf } from "./problems-of-fields.ts";
import "./home.css";

interface HomeProps {
  readonly view: ScreenOf<"home">;
  readonly problem: ProblemCode | null;
  readonly name: string;
  readonly onName: (name: string) => void;
  /** The invite that was sent to the host, kept in memory for a return to the meeting. */
  readonly onInvite: (invite: string) => void;
}

/** The first screen: a name, and the two ways into a meeting. */
export function Home({ view, problem, name, onName, onInvite }: HomeProps) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const heading = useFocusOnMount<HTMLHeadingElement>();
  const nameInput = useRef<HTMLInputElement>(null);
  const inviteInput = useRef<HTMLInputElement>(null);
  const [invite, setInvite] = useState(view.invite);
  const [handedOver, setHandedOver] = useState(view.invite);
  const [rules, setRules] = useState<StartRules>({ admission: "invite", inviting: "moderators" });
  const [own, setOwn] = useState<ProblemCode | null>(null);
  if (handedOver !== view.invite) {
    setHandedOver(view.invite);
    setInvite(view.invite);
  }
  const shown = own ?? problem;
  const field = fieldOf(shown);
  const error = shown === null ? null : t(`problem.${shown}`);

  useEffect(() => {
    if (field === "invite") inviteInput.current?.focus();
    else if (field === "name") nameInput.current?.focus();
  }, [field, shown]);

  const forget = (): void => {
    setOwn(null);
    if (problem !== null) send({ type: "dismiss-problem" });
  };
  const named = (): string | null => {
    const cleaned = cleanName(name);
    onName(cleaned);
    if (cleaned === "") {
      setOwn("name-empty");
      nameInput.current?.focus();
      return null;
    }
    return cleaned;
  };
  const refuse = (code: ProblemCode): void => {
    setOwn(code);
    inviteInput.current?.focus();
  };
  const start = (): void => {
    forget();
    const as = named();
    if (as !== null) send({ type: "start-meeting", name: as, ...rules });
  };
  const join = (): void => {
    forget();
    const link = invite.length > MAX_INVITE_CHARACTERS * 2 ? invite : invite.trim();
    if (link === "") return refuse("invite-empty");
    if (link.length > MAX_INVITE_CHARACTERS) return refuse("invite-too-long");
    const as = named();
    if (as === null) return undefined;
    onInvite(link);
    return send({ type: "open-invite", name: as, invite: link });
  };

  return (
    <main className="home">
      <Masthead heading={heading} />
      <div className="home-card">
        <NameField
          name={name}
          error={field === "name" ? error : null}
          inputRef={nameInput}
          onName={onName}
          onEdit={() => field === "name" && forget()}
        />
        <StartForm rules={rules} onRules={setRules} onStart={start} />
        <p className="home-or" aria-hidden="true">
          {t("home.or")}
        </p>
        <JoinForm
          invite={invite}
          error={field === "invite" ? error : null}
          inputRef={inviteInput}
          onInvite={(typed) => {
            if (field === "invite") forget();
            setInvite(typed);
          }}
          onJoin={join}
        />
      </div>
    </main>
  );
}
