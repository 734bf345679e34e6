import { useEffect, useState } from "react";
import type { MemberId } from "../../../../core/contract/parts.ts";
import { useSurroundings } from "../../context/surroundings.ts";
import { nextSpeaker, NOBODY } from "./speaker.ts";

/** How often everybody's level is looked at, in ms. */
const READ_EVERY_MS = 250;

/** Which of these members speaks, while `wanted`; it stays known afterwards. */
export function useSpeaker(members: readonly MemberId[], wanted: boolean): MemberId | null {
  const { media } = useSurroundings();
  const [speaker, setSpeaker] = useState<MemberId | null>(null);
  // The same members in a new list are no reason to begin anew.
  const key = members.join(" ");
  useEffect(() => {
    if (!wanted) return undefined;
    const ids = key.split(" ").filter((id) => id !== "") as MemberId[];
    let state = { ...NOBODY, at: performance.now() };
    const timer = setInterval(() => {
      const levels = new Map(ids.map((id) => [id, media.level(id)]));
      state = nextSpeaker(state, levels, performance.now());
      const { speaker: found } = state;
      if (found !== null) setSpeaker(found);
    }, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [media, key, wanted]);
  return speaker;
}
