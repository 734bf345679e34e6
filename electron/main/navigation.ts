import type { WebContents } from "electron";
import { APP_ORIGIN } from "../channels.ts";

type GuardedContents = Pick<WebContents, "on" | "setWindowOpenHandler">;

/** Where the page may go: to itself, which is a reload. */
export function isAllowedNavigation(url: string): boolean {
  return url === `${APP_ORIGIN}/` || url === `${APP_ORIGIN}/index.html`;
}

/** Denies what a page could use to become another page: navigation, redirects, new windows, webviews. */
export function guardNavigation(contents: GuardedContents): void {
  contents.on("will-navigate", (event) => {
    if (!isAllowedNavigation(event.url)) event.preventDefault();
  });
  contents.on("will-frame-navigate", (event) => {
    if (!event.isMainFrame || !isAllowedNavigation(event.url)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}
