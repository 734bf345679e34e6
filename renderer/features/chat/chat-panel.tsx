import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChatReference } from "../../../core/contract/parts.ts";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { Panel } from "../../ui/panel.tsx";
import { Composer } from "./composer.tsx";
import { messageKey } from "./message-key.ts";
import { Messages } from "./messages.tsx";
import "./chat.css";

interface ChatPanelProps {
  readonly view: ScreenOf<"call">;
  readonly onClose: () => void;
}

/** What was said in writing, and the field to write in. */
export function ChatPanel({ view, onClose }: ChatPanelProps) {
  const { t } = useTranslation();
  const [named, setNamed] = useState<ChatReference | null>(null);
  const answered = named === null ? undefined : view.chat.find((one) => messageKey(one) === messageKey(named));
  return (
    <Panel title={t("chat.title")} closeLabel={t("common.close")} name="chat" onClose={onClose}>
      <Messages view={view} onReply={setNamed} />
      <Composer answered={answered ?? null} onAnswered={() => setNamed(null)} />
    </Panel>
  );
}
