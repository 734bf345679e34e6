import { useTranslation } from "react-i18next";
import type { ChatMessage } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { useShownName } from "../participants/shown-name.ts";

/** No more is drawn of a line that is cut at the edge anyway, in characters. */
const MOST = 200;

/** The first line of a message that another answers, as this person has it. */
export function Quotation({ of: message }: { readonly of: ChatMessage }) {
  const { t } = useTranslation();
  const name = useShownName(message);
  const line = message.text.split("\n").find((one) => one.trim() !== "") ?? "";
  return (
    <p className="quotation">
      <span className="unseen">{t("chat.inReplyTo", { name: isolate(name) })}</span>
      <bdi className="quotation-from" aria-hidden="true">
        {name}
      </bdi>
      <span className="quotation-line" dir="auto">
        {line.slice(0, MOST)}
      </span>
    </p>
  );
}
