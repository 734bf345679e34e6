import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { cleanName } from "../../core/contract/clean-name.ts";
import { useSurroundings } from "../features/context/surroundings.ts";
import { PlainScreen } from "../features/problems/plain-screen.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";
import type { SessionState } from "./session.ts";
import { ViewScreen } from "./view-screen.tsx";

interface ScreensProps {
  readonly state: SessionState;
  readonly onConnect: () => void;
}

/** Chooses between the host's screen and the window's own few words, and remembers the way back into a meeting. */
export function Screens({ state, onConnect }: ScreensProps) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const [name, setName] = useState("");
  const [invite, setInvite] = useState<string | null>(null);
  /** The last screen was a call. */
  const [inCall, setInCall] = useState(false);
  const returning = useRef(false);
  const { phase, snapshot } = state;
  const view = snapshot?.view ?? null;
  const newest = view?.screen === "ended" ? null : view?.screen === "call" ? (view.invite?.link ?? invite) : invite;
  if (newest !== invite) setInvite(newest);
  if (view !== null && inCall !== (view.screen === "call")) setInCall(view.screen === "call");
  // A page that came back in a call has lost the typed name; the call still knows it.
  const known = view?.screen === "call" ? view.participants.find((participant) => participant.self)?.name : undefined;
  if (name === "" && known !== undefined && known !== "") setName(known);

  useEffect(() => {
    if (view === null || !returning.current) return;
    returning.current = false;
    // A host that was given back this person's place shows the call at once; one that was not is where a newcomer begins.
    if (view.screen === "home" && invite !== null) send({ type: "open-invite", name: cleanName(name), invite });
  }, [view, invite, name, send]);

  if (phase === "unanswered") {
    const action = { text: t("window.tryAgain"), run: onConnect };
    return <PlainScreen title={t("window.unanswered")} hint={t("window.unansweredHint")} action={action} />;
  }
  if (phase === "closed") {
    const text = t(invite === null && !inCall ? "window.returnHome" : "window.returnToMeeting");
    const run = (): void => {
      returning.current = invite !== null;
      onConnect();
    };
    return <PlainScreen title={t("window.closed")} hint={t("window.closedHint")} action={{ text, run }} />;
  }
  if (snapshot === null) return <PlainScreen title={t("window.starting")} />;
  return (
    <ErrorBoundary
      fallback={(retry) => (
        <PlainScreen
          title={t("window.broken")}
          hint={t("window.brokenHint")}
          action={{ text: t("window.showAgain"), run: retry }}
        />
      )}
    >
      <ViewScreen snapshot={snapshot} name={name} onName={setName} onInvite={setInvite} />
    </ErrorBoundary>
  );
}
