import { createContext, useContext, useMemo, useState } from "react";
import { noActs, type LocalAct, type LocalActs } from "../../../core/contract/local-acts.ts";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { useSurroundings } from "../context/surroundings.ts";
import { useShownNames } from "../participants/shown-name.ts";
import { isDone, plainName, volumeOf, withAct, withEverybodyShown, withVolume } from "./local-acts.ts";

/** What this person has chosen about others, and how to choose otherwise. The host keeps it for the page after this one. */
interface ActsHere {
  readonly acts: LocalActs;
  readonly choose: (act: LocalAct, member: MemberId, on: boolean) => void;
  readonly setVolume: (member: MemberId, percent: number) => void;
  readonly showEverybody: () => void;
}

const ActsContext = createContext<ActsHere>({
  acts: noActs,
  choose: () => undefined,
  setVolume: () => undefined,
  showEverybody: () => undefined,
});

export const ActsProvider = ActsContext.Provider;

/** Begins with what an earlier page had chosen in this call; from then on what is chosen holds here at once, and the host is told. */
export function useChosenActs(kept: LocalActs): ActsHere {
  const { send } = useSurroundings();
  const [acts, setActs] = useState(kept);
  return useMemo(() => {
    const change = (next: LocalActs): void => {
      setActs(next);
      send({ type: "keep-acts", acts: next });
    };
    return {
      acts,
      choose: (act, member, on) => change(withAct(acts, act, { member, on })),
      setVolume: (member, percent) => change(withVolume(acts, member, percent)),
      showEverybody: () => change(withEverybodyShown(acts)),
    };
  }, [acts, send]);
}

export function useActs(): ActsHere {
  return useContext(ActsContext);
}

/** Whether something is done about a member here. */
export function useAct(act: LocalAct, participant: Pick<Participant, "id" | "newcomer">): boolean {
  return isDone(useActs().acts, act, participant);
}

/** How loud a member is heard here, of a hundred. */
export function useVolume(member: MemberId): number {
  return volumeOf(useActs().acts, member);
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
