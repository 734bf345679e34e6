import { createContext, useContext, useSyncExternalStore } from "react";
import type { Command } from "../../../core/contract/commands.ts";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { LanguageTag } from "../../locales/i18n.ts";
import type { CallMedia, LocalMedia } from "../../rtc/call-media.ts";

export type Appearance = "system" | "light" | "dark";

export interface Preferences {
  readonly language: LanguageTag;
  readonly appearance: Appearance;
}

/** What every screen may use: the way to the host, the devices, and the person's choices. */
export interface Surroundings {
  readonly send: (command: Command) => void;
  readonly media: CallMedia;
  readonly preferences: Preferences;
  readonly setPreferences: (preferences: Preferences) => void;
}

const SurroundingsContext = createContext<Surroundings | null>(null);

export const SurroundingsProvider = SurroundingsContext.Provider;

/** What every screen may use. Throws outside the app. */
export function useSurroundings(): Surroundings {
  const surroundings = useContext(SurroundingsContext);
  if (surroundings === null) throw new Error("no SurroundingsProvider above");
  return surroundings;
}

/** This person's own devices, as they are now. */
export function useLocalMedia(): LocalMedia {
  const { media } = useSurroundings();
  return useSyncExternalStore(
    (listener) => media.subscribeLocal(listener),
    () => media.local(),
  );
}

/** The stream of one kind that comes from a member, null while there is none. */
export function useRemoteStream(member: MemberId, kind: "microphone" | "camera" | "screen"): MediaStream | null {
  const { media } = useSurroundings();
  return useSyncExternalStore(
    (listener) => media.subscribeRemote(listener),
    () => media.remote(member)[kind],
  );
}
