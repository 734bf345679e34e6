import { useTranslation } from "react-i18next";

export interface Figure {
  readonly label: string;
  /** Null for what is not known. */
  readonly text: string | null;
  /** Takes a line of its own. */
  readonly wide?: boolean;
}

/** Figures with their names, as many beside each other as there is room for. */
export function FigureList({ figures }: { readonly figures: readonly Figure[] }) {
  const { t } = useTranslation();
  return (
    <dl className="figures">
      {figures.map(({ label, text, wide = false }) => (
        <div key={label} className={wide ? "figures-wide" : undefined}>
          <dt>{label}</dt>
          <dd>
            {text ?? (
              <>
                <span aria-hidden="true">{"–"}</span>
                <span className="unseen">{t("statistics.unknown")}</span>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
