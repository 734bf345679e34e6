import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { MAX_CHAT_CHARACTERS } from "../../../core/contract/limits.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useSurroundings } from "../context/surroundings.ts";

/** Where one writes: Enter sends, Shift and Enter begins a new line. */
export function Composer() {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const [text, setText] = useState("");
  const over = text.trim().length - MAX_CHAT_CHARACTERS;
  const submit = (): void => {
    const trimmed = text.trim();
    if (trimmed === "" || over > 0) return;
    send({ type: "send-chat", text: trimmed });
    setText("");
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // A key that confirms an input method's suggestion is not the person's Enter.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <div className="composer">
      {over > 0 && (
        <p className="composer-over" role="status">
          {t("chat.tooLong", { count: over })}
        </p>
      )}
      <textarea
        className="composer-text"
        aria-label={t("chat.message")}
        placeholder={t("chat.placeholder")}
        rows={1}
        dir="auto"
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
