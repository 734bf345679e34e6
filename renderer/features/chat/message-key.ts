import type { ChatReference } from "../../../core/contract/parts.ts";

/** One text for each message: ids are their senders' own, and two can choose the same. */
export function messageKey({ from, id }: ChatReference): string {
  return `${from} ${id}`;
}
