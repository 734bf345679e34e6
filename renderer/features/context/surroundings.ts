import { createContext, useContext, useEffect, useSyncExternalStore } from "react";
import type { Command } from "../../../core/contract/commands.ts";
import type { IdentityView } from "../../../core/contract/identity.ts";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Settings } from "../../../core/contract/settings.ts";
import type { CallMedia, LocalMedia } from "../../rtc/call-media.ts";

/** What every screen may use: the way to the host, the devices, and the person's choices. */
export interface Surroundings {
  readonly send: (command: Command) => void;
  readonly media: CallMedia;
  /** As the host holds them; they are changed by a command. */
  readonly settings: Settings;
  /** The long-lived identity of this profile, as the host holds it. */
  readonly identity: IdentityView;
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

/** Who passes on a member's picture; null where it comes from the member. */
export function usePassedBy(member: MemberId, kind: "camera" | "screen"): MemberId | null {
  const { media } = useSurroundings();
  return useSyncExternalStore(
    (listener) => media.subscribeRemote(listener),
    () => media.passedBy(member)[kind],
  );
}

/**
 * Has a member's picture sent as large as the room it is shown in, in CSS pixels; null while it is not shown. `outside` is for
 * one that is seen also while the window is not.
 */
export function useShown(
  member: MemberId | null,
  kind: "camera" | "screen",
  width: number,
  height: number,
  where: "inside" | "outside" = "inside",
): void {
  const { media } = useSurroundings();
  useEffect(() => {
    if (member === null) return undefined;
    const { devicePixelRatio } = globalThis;
    const room = { width: width * devicePixelRatio, height: height * devicePixelRatio };
    return media.show(member, kind, { ...room, outside: where === "outside" });
  }, [media, member, kind, width, height, where]);
}
