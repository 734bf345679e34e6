import { useSyncExternalStore } from "react";

function useMatches(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
  );
}

/** Whether the window has room for a panel beside the tiles. The same width stands in call.css. */
export function useWide(): boolean {
  return useMatches("(min-width: 900px)");
}

/** Whether the window has room for a few controls only. The same width stands in call-controls.css. */
export function useNarrow(): boolean {
  return useMatches("(max-width: 640px)");
}
