import { useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ChatMessage, ScreenOf } from "../../../core/contract/snapshots.ts";
import { useShownName } from "../participants/shown-name.ts";

/** How far from its end, in pixels, the list still counts as being read there and follows new messages. */
const NEAR_END = 80;

function useDelivery(): (message: ChatMessage) => string {
  const { t } = useTranslation();
  return ({ delivered, recipients }) =>
    recipients === 0 ? t("chat.alone") : t("chat.delivered", { delivered, count: recipients });
}

function SenderName({ message }: { readonly message: ChatMessage }) {
  return <bdi className="message-from">{useShownName(message)}</bdi>;
}

/** What was written, oldest first. Links stay text: nothing is fetched. */
export function Messages({ view }: { readonly view: ScreenOf<"call"> }) {
  const { t, i18n } = useTranslation();
  const deliveryOf = useDelivery();
  const ref = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: "short" });

  useLayoutEffect(() => {
    const element = ref.current;
    if (element !== null && following.current) element.scrollTop = element.scrollHeight;
  }, [view.chat]);
  const onScroll = (): void => {
    const element = ref.current;
    if (element === null) return;
    following.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
  };

  return (
    <div ref={ref} className="messages" role="log" aria-label={t("chat.messages")} tabIndex={0} onScroll={onScroll}>
      {view.chat.length === 0 && <p className="messages-empty">{t("chat.empty")}</p>}
      {view.chat.map((message, index) => {
        const own = message.from === view.self;
        const follows = view.chat[index - 1]?.from === message.from;
        return (
          <div key={message.id} className={`message ${own ? "message-own" : ""} ${follows ? "message-follows" : ""}`}>
            <p className="message-head">
              <SenderName message={message} />
              <time>{time.format(message.at)}</time>
            </p>
            <p className="message-text" dir="auto">
              {message.text}
            </p>
            {own && <p className="message-state">{deliveryOf(message)}</p>}
          </div>
        );
      })}
    </div>
  );
}
