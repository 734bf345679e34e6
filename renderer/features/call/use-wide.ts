import { useSyncExternalStore } from "react";

const query = "(min-width: 900px)";

/** Whether the window has room for a panel beside the tiles. The same width stands in call.css. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
  );
}
