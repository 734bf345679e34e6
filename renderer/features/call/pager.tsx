import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";

interface PagerProps {
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}

/** Turns the pages of a grid that has more tiles than fit. */
export function Pager({ page, pages, onPage }: PagerProps) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <div className="pager">
      <Button
        look="quiet"
        size="icon"
        aria-label={t("call.previousPage")}
        isDisabled={page === 0}
        onPress={() => onPage(page - 1)}
      >
        <Icon name="previous" />
      </Button>
      <span aria-live="polite">{t("call.page", { page: number.format(page + 1), pages: number.format(pages) })}</span>
      <Button
        look="quiet"
        size="icon"
        aria-label={t("call.nextPage")}
        isDisabled={page === pages - 1}
        onPress={() => onPage(page + 1)}
      >
        <Icon name="next" />
      </Button>
    </div>
  );
}
