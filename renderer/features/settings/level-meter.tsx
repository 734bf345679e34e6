import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLocalMedia, useSurroundings } from "../context/surroundings.ts";

/** As often as an eye follows a bar, in ms: each change is drawn. */
const READ_EVERY_MS = 100;

/** How loud one's own microphone hears, as a bar. */
export function LevelMeter() {
  const { t } = useTranslation();
  const { media } = useSurroundings();
  const { microphone } = useLocalMedia();
  const bar = useRef<HTMLDivElement>(null);
  const on = microphone.on && microphone.problem === null;
  useEffect(() => {
    if (!on) return undefined;
    let shown = "";
    const read = (): void => {
      const level = Math.min(1, Math.max(0, media.level("self")));
      const next = level.toFixed(2);
      if (next === shown) return;
      shown = next;
      bar.current?.style.setProperty("--level", next);
      bar.current?.setAttribute("aria-valuenow", String(Math.round(level * 100)));
    };
    const timer = setInterval(read, READ_EVERY_MS);
    const element = bar.current;
    return () => {
      clearInterval(timer);
      element?.style.setProperty("--level", "0");
    };
  }, [media, on]);
  return (
    <div
      ref={bar}
      className="level"
      role="meter"
      aria-label={t("lobby.level")}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
    >
      <span className="level-bar" />
    </div>
  );
}
