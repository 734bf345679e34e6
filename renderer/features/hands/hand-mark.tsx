import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import "./hands.css";

/** A raised hand with its place in the line, from 1. */
export function HandMark({ place }: { readonly place: number }) {
  const { t, i18n } = useTranslation();
  const words = t("hands.place", { place });
  return (
    <span className="hand-mark" role="img" aria-label={words} title={words}>
      <Icon name="hand" />
      <span aria-hidden="true">{new Intl.NumberFormat(i18n.language).format(place)}</span>
    </span>
  );
}
