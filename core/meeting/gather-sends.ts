import type { LinkId } from "../ports/mesh.ts";
import type { Effect } from "./effects.ts";

type Sent = Extract<Effect, { type: "send" }>;
/** What one step sends on one link, in its order. */
interface SentTogether extends Omit<Sent, "message"> {
  readonly messages: readonly Uint8Array[];
}
/** Effects whose sends are gathered by link. */
export type Gathered = Exclude<Effect, { type: "send" }> | SentTogether;

/**
 * What a step says on one link travels together, where its first message stood: fewer packets, of which fewer are lost. Nothing is
 * sent on a link that the same step has closed, so none comes after the link's end.
 */
export function gatherSends(effects: readonly Effect[]): Gathered[] {
  const gathered: Gathered[] = [];
  const byLink = new Map<LinkId, Uint8Array[]>();
  for (const effect of effects) {
    if (effect.type !== "send") {
      gathered.push(effect);
      continue;
    }
    const messages = byLink.get(effect.link);
    if (messages !== undefined) {
      messages.push(effect.message);
      continue;
    }
    const first = [effect.message];
    byLink.set(effect.link, first);
    gathered.push({ type: "send", link: effect.link, messages: first });
  }
  return gathered;
}
