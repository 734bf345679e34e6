import type { EntryId } from "./ids.ts";
import { countsOf } from "./fold.ts";
import type { Log, StoredEntry } from "./log-store.ts";
import { isUnheard } from "./view.ts";

/** Whether some of these entries count that throw somebody out because no moderator was heard. */
export function hasUnheardExpulsion(log: Log, ids: readonly EntryId[]): boolean {
  const claims = ids.flatMap((id) => log.byId.get(id) ?? []).filter((entry) => isExpulsion(entry) && isUnheard(entry));
  return claims.length > 0 && claims.some((entry) => countsOf(log).has(entry));
}

function isExpulsion({ entry: { body } }: StoredEntry): boolean {
  return body.type === "expel";
}
