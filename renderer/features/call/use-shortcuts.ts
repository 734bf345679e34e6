import { useLayoutEffect, useRef } from "react";
import { useSurroundings } from "../context/surroundings.ts";

interface ShortcutActions {
  readonly onChat: () => void;
  readonly onParticipants: () => void;
  readonly onHand: () => void;
}

/** Ctrl (or Command) with D, E, J, P and U, wherever the focus is in the call, from the moment it shows. The settings list them. */
export function useShortcuts(actions: ShortcutActions): void {
  const { media } = useSurroundings();
  const latest = useRef(actions);
  useLayoutEffect(() => {
    latest.current = actions;
  });
  useLayoutEffect(() => {
    const run: Readonly<Record<string, () => void>> = {
      KeyD: () => void media.setMicrophone(!media.local().microphone.on),
      KeyE: () => void media.setCamera(!media.local().camera.on),
      KeyJ: () => latest.current.onChat(),
      KeyP: () => latest.current.onParticipants(),
      KeyU: () => latest.current.onHand(),
    };
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.repeat) return;
      const action = run[event.code];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [media]);
}
