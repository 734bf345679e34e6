import { useTranslation } from "react-i18next";
import type { SharedFile } from "../../../core/contract/files.ts";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A number of bytes as people of this language write it, in the largest unit of which there is at least one. */
export function useBytes(): (bytes: number) => string {
  const { i18n } = useTranslation();
  return (bytes) => {
    const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
    const format = { style: "unit", unit: UNITS[power], unitDisplay: "short", maximumSignificantDigits: 3 } as const;
    return new Intl.NumberFormat(i18n.language, format).format(bytes / 1_000 ** power);
  };
}

/** What sort of file it is, by what stands behind its last dot; empty when nothing does. */
export function kindOf(file: string): string {
  return /.\.(?<kind>[^. ]{1,16})$/u.exec(file)?.groups?.["kind"]?.toUpperCase() ?? "";
}

/** What is said of how a file is, where a bar does not say it. */
export function useFileState(): (file: SharedFile, own: boolean) => string {
  const { t } = useTranslation();
  return ({ state, why, takers }, own) => {
    if (why !== null) return t(`files.why.${why}`);
    if (own && state === "offered") {
      const has = takers.filter(({ state: taker }) => taker === "has-it").length;
      return takers.length === 0 ? t("chat.alone") : t("files.taken", { has, count: takers.length });
    }
    if (state === "waiting") return t("files.waiting");
    if (state === "declined") return t("files.declined");
    if (state === "withdrawn") return t("files.withdrawn");
    if (state === "gone") return t("files.gone");
    return "";
  };
}
