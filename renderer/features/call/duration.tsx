import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

/** Hours, minutes and seconds as on a clock, in the digits of the language. */
export function clockText(ms: number, language: string): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = new Intl.NumberFormat(language, { minimumIntegerDigits: 2, useGrouping: false });
  const any = new Intl.NumberFormat(language, { useGrouping: false });
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two.format(seconds % 60);
  return hours > 0 ? `${any.format(hours)}:${two.format(minutes)}:${rest}` : `${any.format(minutes)}:${rest}`;
}

/** How long the meeting has lasted; the only part of the screen that is drawn anew each second. */
export function Duration({ startedAt }: { readonly startedAt: number }) {
  const { t, i18n } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const time = clockText(now - startedAt, i18n.language);
  return (
    <time className="duration" aria-label={t("call.duration", { time })}>
      {time}
    </time>
  );
}
