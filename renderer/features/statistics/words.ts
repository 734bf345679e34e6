import { useTranslation } from "react-i18next";
import type { BothWays, PictureFigure } from "./figures.ts";

/** Numbers are written from left to right also where words are not. */
function inOrder(text: string): string {
  return `\u2066${text}\u2069`;
}

/** Ways of writing figures, in the language of the window. */
export interface FigureWords {
  readonly size: (picture: { readonly width: number; readonly height: number }) => string;
  readonly picture: (picture: PictureFigure | null) => string;
  /** Of a hundred, with one decimal; null where it is not known. */
  readonly percent: (value: number | null) => string | null;
  readonly ms: (value: number | null) => string | null;
  readonly percents: (both: BothWays) => string | null;
  readonly rates: (both: BothWays) => string | null;
}

export function useFigureWords(): FigureWords {
  const { t, i18n } = useTranslation();
  const plain = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0, useGrouping: false });
  const tenths = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 1 });
  const rate = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 });
  const size: FigureWords["size"] = ({ width, height }) => inOrder(`${plain.format(width)}×${plain.format(height)}`);
  const percent: FigureWords["percent"] = (value) => (value === null ? null : tenths.format(value / 100));
  const kilobits = (value: number | null): string | null =>
    value === null ? null : t("statistics.kilobits", { value: rate.format(value) });
  const both = ({ comes, goes }: { readonly comes: string | null; readonly goes: string | null }): string | null => {
    if (comes === null && goes === null) return null;
    return t("statistics.bothWays", { comes: comes ?? "–", goes: goes ?? "–" });
  };
  return {
    size,
    picture: (picture) =>
      picture === null
        ? t("statistics.noPicture")
        : t("statistics.picture", { size: size(picture), count: picture.perSecond }),
    percent,
    ms: (value) => (value === null ? null : t("statistics.milliseconds", { value: rate.format(value) })),
    percents: ({ comes, goes }) => both({ comes: percent(comes), goes: percent(goes) }),
    rates: ({ comes, goes }) => both({ comes: kilobits(comes), goes: kilobits(goes) }),
  };
}
