import { useTranslation } from "react-i18next";
import type { ChatMessage } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Quotation } from "./quotation.tsx";

interface AnsweringProps {
  readonly message: ChatMessage;
  readonly onCancel: () => void;
}

/** Above the field: which message is being answered, and the way out of it. */
export function Answering({ message, onCancel }: AnsweringProps) {
  const { t } = useTranslation();
  return (
    <div className="answering">
      <Quotation of={message} />
      <Button look="quiet" size="icon" aria-label={t("chat.cancelReply")} onPress={onCancel}>
        <Icon name="close" />
      </Button>
    </div>
  );
}
