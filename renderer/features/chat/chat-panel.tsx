import { useTranslation } from "react-i18next";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { Panel } from "../../ui/panel.tsx";
import { Composer } from "./composer.tsx";
import { Messages } from "./messages.tsx";
import "./chat.css";

interface ChatPanelProps {
  readonly view: ScreenOf<"call">;
  readonly onClose: () => void;
}

/** What was said in writing, and the field to write in. */
export function ChatPanel({ view, onClose }: ChatPanelProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t("chat.title")} closeLabel={t("common.close")} name="chat" onClose={onClose}>
      <Messages view={view} />
      <Composer />
    </Panel>
  );
}
