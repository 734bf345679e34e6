import { useEffect, type RefObject } from "react";
import type { MemberId } from "../../../core/contract/parts.ts";
import { nextSpeaking, SILENT } from "./speaking.ts";
import { useSurroundings } from "./surroundings.ts";

/** How often levels are read, in ms: often enough for the eye, seldom enough to cost nothing with thirty people. */
const READ_EVERY_MS = 125;

/** Marks an element with `data-speaking` while the member speaks; it touches the element only when that changes. */
export function useSpeaking(element: RefObject<HTMLElement | null>, of: MemberId | "self"): void {
  const { media } = useSurroundings();
  useEffect(() => {
    let state = SILENT;
    const read = (): void => {
      const before = state.speaks;
      state = nextSpeaking(state, media.level(of), performance.now());
      if (state.speaks !== before) element.current?.toggleAttribute("data-speaking", state.speaks);
    };
    const timer = setInterval(read, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [media, of, element]);
}
