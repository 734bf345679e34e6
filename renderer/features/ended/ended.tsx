import { useTranslation } from "react-i18next";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { Button } from "../../ui/button.tsx";
import { Mark } from "../../ui/mark.tsx";
import { useFocusOnMount } from "../../ui/use-focus-on-mount.ts";
import { useSurroundings } from "../context/surroundings.ts";
import { Appeal } from "./appeal.tsx";
import "./ended.css";

/** The call is over for this person: how, by whom, and why. */
export function Ended({ view }: { readonly view: ScreenOf<"ended"> }) {
  const { t, i18n } = useTranslation();
  const { send } = useSurroundings();
  const heading = useFocusOnMount<HTMLHeadingElement>();
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: "short" }).format(view.at);
  return (
    <main className="ended">
      <Mark />
      <h1 ref={heading} tabIndex={-1}>
        {t(`ended.${view.cause}`)}
      </h1>
      {view.cause === "removed" && (
        <p>{view.by === "" ? t("ended.votedOut") : t("ended.removedBy", { by: isolate(view.by) })}</p>
      )}
      <p className="ended-hint">{t(`ended.${view.cause}Hint`)}</p>
      {view.reason !== "" && (
        <blockquote className="ended-reason">
          <p className="ended-label">{t("ended.reason")}</p>
          <p dir="auto">{view.reason}</p>
        </blockquote>
      )}
      <p className="ended-time">{t("ended.at", { time })}</p>
      <Appeal stage={view.appeal} />
      <Button look="primary" onPress={() => send({ type: "leave" })}>
        {t("ended.home")}
      </Button>
    </main>
  );
}
