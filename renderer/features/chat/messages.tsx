import { useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { SharedFile } from "../../../core/contract/files.ts";
import type { ChatReference } from "../../../core/contract/parts.ts";
import type { ChatMessage, ScreenOf } from "../../../core/contract/snapshots.ts";
import { FileCard } from "../files/file-card.tsx";
import { Message } from "./message.tsx";
import { messageKey } from "./message-key.ts";

/** How far from its end, in pixels, the list still counts as being read there and follows new messages. */
const NEAR_END = 80;

/** Where the arrow keys lead from one message's button; undefined for other keys. */
const STEPS: Readonly<Record<string, number | undefined>> = { ArrowUp: -1, ArrowDown: 1 };

function useDelivery(): (message: ChatMessage) => string {
  const { t } = useTranslation();
  return ({ delivered, recipients }) =>
    recipients === 0 ? t("chat.alone") : t("chat.delivered", { delivered, count: recipients });
}

type Item =
  { readonly message: ChatMessage; readonly file: null } | { readonly message: null; readonly file: SharedFile };

/** Messages as they came, and the files between them by the time of their offer. */
function inOrder({ chat, files }: ScreenOf<"call">): Item[] {
  const items: Item[] = [];
  let next = 0;
  for (const file of files) {
    for (let message = chat[next]; message !== undefined && message.at <= file.at; message = chat[++next]) {
      items.push({ message, file: null });
    }
    items.push({ message: null, file });
  }
  return [...items, ...chat.slice(next).map((message) => ({ message, file: null }))];
}

interface MessagesProps {
  readonly view: ScreenOf<"call">;
  readonly onReply: (message: ChatReference) => void;
}

/** What was written, oldest first. Tab comes to one button among them, the arrow keys to the others. */
export function Messages({ view, onReply }: MessagesProps) {
  const { t, i18n } = useTranslation();
  const deliveryOf = useDelivery();
  const ref = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [visited, setVisited] = useState<string | null>(null);
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: "short" });
  const byKey = new Map(view.chat.map((message) => [messageKey(message), message]));
  const tabStop = visited !== null && byKey.has(visited) ? visited : [...byKey.keys()].at(-1);

  useLayoutEffect(() => {
    const element = ref.current;
    if (element !== null && following.current) element.scrollTop = element.scrollHeight;
  }, [view.chat, view.files.length]);
  const onScroll = (): void => {
    const element = ref.current;
    if (element === null) return;
    following.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    const buttons = [...(ref.current?.querySelectorAll("button") ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    buttons[at + step]?.focus();
  };

  return (
    <div
      ref={ref}
      className="messages"
      role="log"
      aria-label={t("chat.messages")}
      tabIndex={0}
      onScroll={onScroll}
      onKeyDownCapture={onKeyDown}
    >
      {view.chat.length + view.files.length === 0 && <p className="messages-empty">{t("chat.empty")}</p>}
      {inOrder(view).map(({ message, file }, index, all) => {
        if (file !== null) {
          const own = file.from === view.self;
          return <FileCard key={`file ${messageKey(file)}`} file={file} own={own} time={time.format(file.at)} />;
        }
        const key = messageKey(message);
        const own = message.from === view.self;
        return (
          <Message
            key={key}
            message={message}
            answered={message.reply === null ? null : (byKey.get(messageKey(message.reply)) ?? null)}
            own={own}
            follows={all[index - 1]?.message?.from === message.from}
            time={time.format(message.at)}
            state={own && <p className="message-state">{deliveryOf(message)}</p>}
            tabStop={key === tabStop}
            onReply={() => onReply({ from: message.from, id: message.id })}
            onFocus={() => setVisited(key)}
          />
        );
      })}
    </div>
  );
}
