import type { MemberId } from "../../../../core/contract/parts.ts";
import type { Size } from "../../../ui/size.ts";
import { gridTiles } from "./grid-tiles.ts";
import type { StageLayout, StageMember } from "./placed.ts";
import { speakerTiles } from "./speaker-tiles.ts";

/** How the tiles share the room: evenly, or one large and the others in a strip. */
export type LayoutMode = "grid" | "speaker";

/** Everything that decides what is shown where. */
export interface StageState {
  /** In their order, oneself among them. */
  readonly members: readonly StageMember[];
  readonly mode: LayoutMode;
  /** Whether one sees oneself; alone one does in any case. */
  readonly selfView: boolean;
  readonly pinned: MemberId | null;
  /** Who speaks; null before anybody did. */
  readonly speaker: MemberId | null;
  /** Whose screen is shown; null where none is shared. */
  readonly sharer: MemberId | null;
  /** The page that is wanted, from 0; beyond the last it is the last. */
  readonly page: number;
}

/** The member who is shown large; null where all are equal. */
function largeMember({ mode, pinned, speaker }: StageState, shown: readonly StageMember[]): MemberId | null {
  const here = (id: MemberId | null): MemberId | null => (shown.some((one) => one.id === id) ? id : null);
  if (here(pinned) !== null) return pinned;
  if (mode === "grid") return null;
  return here(speaker) ?? shown.find(({ self }) => !self)?.id ?? null;
}

function withPinnedFirst(members: readonly StageMember[], pinned: MemberId | null): readonly StageMember[] {
  const first = members.filter(({ id }) => id === pinned);
  return first.length === 0 ? members : [...first, ...members.filter(({ id }) => id !== pinned)];
}

/**
 * What is shown where. Every member has one tile on one of the pages, whoever is large has it on all of them, and only what
 * is on this page needs a picture. A shared screen comes before a pinned member, who comes before whoever speaks.
 */
export function layOut(state: StageState, area: Size): StageLayout {
  const others = state.members.filter(({ self }) => !self);
  const shown = state.selfView || others.length === 0 ? state.members : others;
  if (state.sharer !== null) {
    const strip = withPinnedFirst(shown, state.pinned);
    return speakerTiles({ large: { member: state.sharer, what: "screen" }, strip, page: state.page }, area);
  }
  const large = largeMember(state, shown);
  const alone = others.length < 2;
  if (large === null || alone) return gridTiles(shown, state.page, area);
  const strip = shown.filter(({ id }) => id !== large);
  return speakerTiles({ large: { member: large, what: "member" }, strip, page: state.page }, area);
}
