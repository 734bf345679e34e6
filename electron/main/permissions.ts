import type { Session } from "electron";
import { APP_ORIGIN } from "../channels.ts";

/** What the page may ask for at all. */
const ASKED = new Set(["media", "display-capture", "clipboard-sanitized-write", "speaker-selection"]);
const MEDIA_TYPES = new Set(["audio", "video"]);

export interface PermissionQuestion {
  readonly permission: string;
  /** The origin or URL that asks. */
  readonly origin: string;
  readonly isMainFrame: boolean;
  /** For `media`: what kinds; empty when Chromium only asks in general. */
  readonly mediaTypes: readonly string[];
}

/** Whether something is allowed: only what is listed, only to the main frame of the app's own page. */
export function isPermitted({ permission, origin, isMainFrame, mediaTypes }: PermissionQuestion): boolean {
  if (!isMainFrame || !isAppOrigin(origin) || !ASKED.has(permission)) return false;
  return permission !== "media" || mediaTypes.every((type) => MEDIA_TYPES.has(type));
}

/** True for the app's origin itself and for any URL under it. */
export function isAppOrigin(origin: string): boolean {
  return origin === APP_ORIGIN || origin.startsWith(`${APP_ORIGIN}/`);
}

type GuardedSession = Pick<
  Session,
  "setPermissionRequestHandler" | "setPermissionCheckHandler" | "setDevicePermissionHandler"
>;

/** Answers every question for permission in this session; devices such as USB are never given. */
export function guardPermissions(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const mediaTypes = "mediaTypes" in details ? (details.mediaTypes ?? []) : [];
    const { requestingUrl: origin, isMainFrame } = details;
    callback(isPermitted({ permission, origin, isMainFrame, mediaTypes }));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame, mediaType }) => {
    const mediaTypes = mediaType === undefined || mediaType === "unknown" ? [] : [mediaType];
    return isPermitted({ permission, origin, isMainFrame, mediaTypes });
  });
  session.setDevicePermissionHandler(() => false);
}
