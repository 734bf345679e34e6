import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ChatMessage } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useShownName } from "../participants/shown-name.ts";
import { Quotation } from "./quotation.tsx";

interface MessageProps {
  readonly message: ChatMessage;
  /** The message that it answers; null for none, and for one that is not shown here. */
  readonly answered: ChatMessage | null;
  readonly own: boolean;
  /** Comes right after another of the same sender. */
  readonly follows: boolean;
  readonly time: string;
  /** What stands below it. */
  readonly state: ReactNode;
  /** Whether Tab comes to its button; the arrow keys lead on from there. */
  readonly tabStop: boolean;
  readonly onReply: () => void;
  readonly onFocus: () => void;
}

/** One message with who said it and a way to answer it. Links stay text: nothing is fetched, and nothing opens. */
export function Message({ message, answered, own, follows, time, state, tabStop, onReply, onFocus }: MessageProps) {
  const { t } = useTranslation();
  const textId = useId();
  return (
    <div className={`message ${own ? "message-own" : ""} ${follows ? "message-follows" : ""}`}>
      <p className="message-head">
        <bdi className="message-from">{useShownName(message)}</bdi>
        <time>{time}</time>
      </p>
      <div className="message-row">
        <div className="message-text">
          {answered !== null && <Quotation of={answered} />}
          <p id={textId} dir="auto">
            {message.text}
          </p>
        </div>
        <span className="message-reply">
          <Button
            look="quiet"
            size="icon"
            aria-label={t("chat.reply")}
            aria-describedby={textId}
            excludeFromTabOrder={!tabStop}
            onPress={onReply}
            onFocus={onFocus}
          >
            <Icon name="reply" />
          </Button>
        </span>
      </div>
      {state}
    </div>
  );
}
