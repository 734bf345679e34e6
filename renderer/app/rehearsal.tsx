import { Activity, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { noIdentity } from "../../core/contract/identity.ts";
import { usualSettings } from "../../core/contract/settings.ts";
import { ViewScreen } from "./view-screen.tsx";
import { REHEARSED } from "./rehearsed-views.ts";

/** When the first screen has stood for so long, in ms: it is drawn, and nobody has typed a name by then. */
const AFTER_MS = 150;
/** When it is over in any case, in ms. */
const OVER_MS = 4_000;

const nothing = (): void => undefined;

/**
 * Draws the next screens once where nobody sees them, outside of the document and without their effects, while a person
 * looks at the first: what the browser compiles and loads for them is there then when they are wanted.
 */
export function Rehearsal() {
  const [stage] = useState(() => document.createElement("div"));
  const [phase, setPhase] = useState<"before" | "now" | "over">("before");
  useEffect(() => {
    const timers = [setTimeout(() => setPhase("now"), AFTER_MS), setTimeout(() => setPhase("over"), OVER_MS)];
    return () => timers.forEach((timer) => clearTimeout(timer));
  }, []);
  if (phase !== "now") return null;
  return REHEARSED.map((view) => (
    <Activity key={view.screen} mode="hidden">
      {createPortal(
        <ViewScreen
          snapshot={{ revision: 0, view, problem: null, settings: usualSettings, identity: noIdentity }}
          name="Vigil"
          onName={nothing}
          onInvite={nothing}
        />,
        stage,
      )}
    </Activity>
  ));
}
