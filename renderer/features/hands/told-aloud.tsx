import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { useFresh } from "../../ui/use-fresh.ts";
import { useActs, useNamesHere } from "../covers/acts-context.ts";
import { isDone } from "../covers/local-acts.ts";

/** Words stay long enough for a screen reader to come to them, and no more wait than it can read. */
const ALOUD = { staysMs: 6_000, atOnce: 4 };

/** Tells screen readers, when they have nothing else to say, whose hand went up and who reacted. */
export function ToldAloud({ participants }: { readonly participants: readonly Participant[] }) {
  const { t } = useTranslation();
  const { acts } = useActs();
  const nameOf = useNamesHere();
  const signs = useMemo(() => participants.flatMap((one) => (one.self ? [] : signsOf(one))), [participants]);
  const fresh = useFresh(signs, ALOUD).filter(
    ({ item: { kind, by } }) => kind === "hand" || !isDone(acts, "hide-chat", { id: by.id, newcomer: false }),
  );
  return (
    <div className="unseen" aria-live="polite">
      {fresh.map(({ key, item: { kind, by } }) => (
        <p key={key}>
          {kind === "hand"
            ? t("hands.raised", { name: isolate(nameOf(by)) })
            : t("hands.reacted", { name: isolate(nameOf(by)), reaction: t(`hands.kind.${kind}`) })}
        </p>
      ))}
    </div>
  );
}

function signsOf(by: Participant) {
  const hand = by.hand > 0 ? [{ id: `${by.id} hand`, kind: "hand" as const, by }] : [];
  const { reaction } = by;
  return reaction === null ? hand : [...hand, { id: `${by.id} ${String(reaction.id)}`, kind: reaction.kind, by }];
}
