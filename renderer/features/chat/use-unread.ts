import { useState } from "react";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { ChatMessage } from "../../../core/contract/snapshots.ts";

/** How many messages of others came since the chat was last open. */
export function useUnread(chat: readonly ChatMessage[], self: MemberId, open: boolean): number {
  const [read, setRead] = useState<ReadonlySet<string>>(() => new Set(chat.map(({ id }) => id)));
  if (open && chat.some(({ id }) => !read.has(id))) setRead(new Set(chat.map(({ id }) => id)));
  return open ? 0 : chat.filter(({ id, from }) => from !== self && !read.has(id)).length;
}
