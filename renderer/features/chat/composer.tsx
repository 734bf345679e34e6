import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { MAX_CHAT_CHARACTERS } from "../../../core/contract/limits.ts";
import type { ChatMessage } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import { ChooseFile } from "../files/choose-file.tsx";
import { Answering } from "./answering.tsx";
import { messageKey } from "./message-key.ts";

interface ComposerProps {
  /** The message that what is written answers; null for none. */
  readonly answered: ChatMessage | null;
  /** It was answered, or shall not be. */
  readonly onAnswered: () => void;
}

/** Where one writes: Enter sends, Shift and Enter begins a new line, Escape answers nobody in particular any more. */
export function Composer({ answered, onAnswered }: ComposerProps) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const [text, setText] = useState("");
  const whole = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const answering = answered === null ? null : messageKey(answered);
  const latest = useRef(onAnswered);
  useEffect(() => {
    latest.current = onAnswered;
  });
  useEffect(() => {
    if (answering === null) return undefined;
    field.current?.focus();
    const element = whole.current;
    // Not by React, which would hear of it only after the panel around, and that would close.
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      latest.current();
      field.current?.focus();
    };
    element?.addEventListener("keydown", onKey);
    return () => element?.removeEventListener("keydown", onKey);
  }, [answering]);
  const over = text.trim().length - MAX_CHAT_CHARACTERS;
  const submit = (): void => {
    const trimmed = text.trim();
    if (trimmed === "" || over > 0) return;
    const reply = answered === null ? {} : { reply: { from: answered.from, id: answered.id } };
    send({ type: "send-chat", text: trimmed, ...reply });
    setText("");
    onAnswered();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // A key that confirms an input method's suggestion is not the person's Enter.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <div ref={whole} className="composer">
      {answered !== null && <Answering message={answered} onCancel={onAnswered} />}
      {over > 0 && (
        <p className="composer-over" role="status">
          {t("chat.tooLong", { count: over })}
        </p>
      )}
      <ChooseFile />
      <textarea
        ref={field}
        className="composer-text"
        aria-label={t("chat.message")}
        placeholder={t("chat.placeholder")}
        rows={1}
        dir="auto"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button
        look="primary"
        size="icon"
        aria-label={t("chat.send")}
        isDisabled={text.trim() === "" || over > 0}
        onPress={submit}
      >
        <Icon name="send" />
      </Button>
    </div>
  );
}
