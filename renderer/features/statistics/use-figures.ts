import { useEffect, useState } from "react";
import type { CallStatistics } from "../../rtc/call-media.ts";
import { useSurroundings } from "../context/surroundings.ts";
import { callFigures, type CallFigures } from "./figures.ts";

/** How often everything is counted while somebody looks, in ms. */
const EVERY_MS = 1_000;
/** What changes over time is measured over so many counts: long enough for an eye to rest on. */
const WINDOW = 5;

/** The figures of the call for as long as the caller is on the screen; null before the first. Nothing is counted otherwise. */
export function useFigures(): CallFigures | null {
  const { media } = useSurroundings();
  const [figures, setFigures] = useState<CallFigures | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let open = true;
    let counts: readonly CallStatistics[] = [];
    const read = async (): Promise<void> => {
      // A link that closes while it is asked leaves this round out.
      const now = await media.callStatistics().catch(() => null);
      if (!open) return;
      if (now !== null) {
        setFigures(callFigures(counts[0], now));
        counts = [...counts, now].slice(-WINDOW);
      }
      timer = setTimeout(() => void read(), EVERY_MS);
    };
    void read();
    return () => {
      open = false;
      clearTimeout(timer);
    };
  }, [media]);
  return figures;
}
