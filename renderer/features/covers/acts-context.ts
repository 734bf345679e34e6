import { createContext, useContext, useMemo, useState } from "react";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { useShownNames } from "../participants/shown-name.ts";
import { isDone, noActs, plainName, withAct, withEverybodyShown, type LocalAct, type LocalActs } from "./local-acts.ts";

/** What this person has chosen about others, and how to choose otherwise. It never leaves the page. */
interface ActsHere {
  readonly acts: LocalActs;
  readonly choose: (act: LocalAct, member: MemberId, on: boolean) => void;
  readonly showEverybody: () => void;
}

const ActsContext = createContext<ActsHere>({
  acts: noActs,
  choose: () => undefined,
  showEverybody: () => undefined,
});

export const ActsProvider = ActsContext.Provider;

/** A fresh start for one call: newcomers are covered, nobody is muted or hidden. */
export function useFreshActs(): ActsHere {
  const [acts, setActs] = useState(noActs);
  return useMemo(
    () => ({
      acts,
      choose: (act, member, on) => setActs((before) => withAct(before, act, { member, on })),
      showEverybody: () => setActs(withEverybodyShown),
    }),
    [acts],
  );
}

export function useActs(): ActsHere {
  return useContext(ActsContext);
}

/** Whether something is done about a member here. */
export function useAct(act: LocalAct, participant: Pick<Participant, "id" | "newcomer">): boolean {
  return isDone(useActs().acts, act, participant);
}

type Named = Pick<Participant, "id" | "newcomer" | "name">;

/** A member's name as it is shown here: in plain letters while their picture is covered. */
export function useNameHere(participant: Named): string {
  return useNamesHere()(participant);
}

/** As `useNameHere`, for several. */
export function useNamesHere(): (participant: Named) => string {
  const { acts } = useActs();
  const shown = useShownNames();
  return (one) => shown({ name: isDone(acts, "cover", one) ? plainName(one.name) : one.name });
}
