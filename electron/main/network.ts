import type { Session } from "electron";
import { APP_ORIGIN } from "../channels.ts";
import { isAppOrigin } from "./permissions.ts";

/** Whether Chromium may make this request: only for the page's own files and what the page made itself. */
export function isAllowedRequest(url: string): boolean {
  return isAppOrigin(url) || url.startsWith(`blob:${APP_ORIGIN}/`) || url.startsWith("data:image/");
}

/** Cancels every other request of this session, whatever in Chromium makes it. */
export function guardNetwork(session: Pick<Session, "webRequest" | "setSpellCheckerEnabled">): void {
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isAllowedRequest(details.url) }));
  // Its dictionaries would be downloaded.
  session.setSpellCheckerEnabled(false);
}
