import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Motion } from "../../../core/contract/rules.ts";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { Button } from "../../ui/button.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import { useShownName } from "../participants/shown-name.ts";
import "./ruling.css";

/** What the members are deciding: about whom, why, how many are for it, and the way to say so. Nothing while nothing is open. */
export function Motions({ view }: { readonly view: ScreenOf<"call"> }) {
  const { t } = useTranslation();
  const { motions } = view.rules;
  if (motions.length === 0) return null;
  return (
    <section className="motions" aria-label={t("motion.title")}>
      {motions.map((motion) => (
        <OpenMotion key={`${motion.motion} ${motion.member}`} motion={motion} self={view.self} />
      ))}
    </section>
  );
}

function OpenMotion({ motion, self }: { readonly motion: Motion; readonly self: string }) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const question = useId();
  const name = isolate(useShownName(motion));
  const by = isolate(useShownName({ name: motion.byName }));
  const { member, own, approvals, needed } = motion;
  const about = motion.motion;
  const words = about === "remove" ? motion.reason : motion.appeal;
  const vote = (): void => send({ type: "vote", motion: about, member, approve: !own, reason: motion.reason });
  return (
    <article className="motion" aria-labelledby={question}>
      <p id={question} className="motion-question">
        {member === self ? t("motion.removeSelf") : t(`motion.${about}`, { name })}
      </p>
      {about === "remove" && <p className="motion-by">{t("motion.proposedBy", { by })}</p>}
      {words !== "" && (
        <blockquote className="motion-words" dir="auto">
          {words}
        </blockquote>
      )}
      <div className="motion-foot">
        <p className="motion-count" role="status">
          {t("motion.count", { approvals, count: needed })}
        </p>
        {member !== self && (
          <Button size="small" look={own ? "quiet" : "plain"} aria-describedby={question} onPress={vote}>
            {t(own ? "motion.withdraw" : `motion.agree-${about}`)}
          </Button>
        )}
      </div>
    </article>
  );
}
