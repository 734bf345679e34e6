import { useState } from "react";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { ChatMessage } from "../../../core/contract/snapshots.ts";
import { messageKey } from "./message-key.ts";

type Unread = Pick<ChatMessage, "from" | "id">;

/** How many messages and files of others came since the chat was last open. */
export function useUnread(chat: readonly Unread[], self: MemberId, open: boolean): number {
  const [read, setRead] = useState<ReadonlySet<string>>(() => new Set(chat.map(messageKey)));
  if (open && chat.some((one) => !read.has(messageKey(one)))) setRead(new Set(chat.map(messageKey)));
  return open ? 0 : chat.filter((one) => one.from !== self && !read.has(messageKey(one))).length;
}
