import { useEffect, type RefObject } from "react";
import type { MemberId } from "../../../core/contract/parts.ts";
import { useSurroundings } from "./surroundings.ts";

/** How often levels are read, in ms: often enough for the eye, seldom enough to cost nothing with thirty people. */
const READ_EVERY_MS = 125;
/** Above the first level (0 to 1) somebody begins to speak, below the second they have stopped. */
const BEGINS = 0.06;
const STOPS = 0.03;
/** So long after the last sound, in ms, they still speak: a mark that flickers with each word is no calm sight, and each change costs a drawing. */
const PAUSE_MS = 1_000;

/** Marks an element with `data-speaking` while the member speaks; it touches the element only when that changes. */
export function useSpeaking(element: RefObject<HTMLElement | null>, of: MemberId | "self"): void {
  const { media } = useSurroundings();
  useEffect(() => {
    let speaking = false;
    let heardAt = Number.NEGATIVE_INFINITY;
    const read = (): void => {
      const at = performance.now();
      if (media.level(of) > (speaking ? STOPS : BEGINS)) heardAt = at;
      const now = at - heardAt < PAUSE_MS;
      if (now === speaking) return;
      speaking = now;
      element.current?.toggleAttribute("data-speaking", now);
    };
    const timer = setInterval(read, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [media, of, element]);
}
