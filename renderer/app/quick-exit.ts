import type { Ending } from "../../core/base/scope.ts";

/**
 * Calls `exit` on Ctrl (or Command) with Q, wherever the focus is and whatever is open. It asks nothing and comes before
 * everything else in the page that listens to keys.
 */
export function watchQuickExit(page: Window, exit: () => void): Ending {
  const onKey = (event: KeyboardEvent): void => {
    if (event.code !== "KeyQ" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    exit();
  };
  page.addEventListener("keydown", onKey, { capture: true });
  return () => page.removeEventListener("keydown", onKey, { capture: true });
}
