import { useTranslation } from "react-i18next";
import type { ProblemCode } from "../../../core/contract/problems.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useSurroundings } from "../context/surroundings.ts";

/** What has gone wrong and what to do, until it is put away. */
export function ProblemBanner({ problem }: { readonly problem: ProblemCode }) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  return (
    <div className="banner" role="alert">
      <Icon name="warning" />
      <p>{t(`problem.${problem}`)}</p>
      <Button
        look="quiet"
        size="icon"
        aria-label={t("common.dismiss")}
        onPress={() => send({ type: "dismiss-problem" })}
      >
        <Icon name="close" />
      </Button>
    </div>
  );
}
