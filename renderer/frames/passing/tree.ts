import type { MemberId } from "../../../core/contract/parts.ts";
import { MAX_BRANCHES, MAX_HOPS } from "../../../core/contract/passing.ts";

/** Somebody who shows the picture. */
export interface Viewer {
  readonly member: MemberId;
  /** Copies that it can pass on, 0 and up. */
  readonly room: number;
}

/** Where a viewer stands in the tree. */
export interface Branch {
  /** Who passes the picture on to it; null for the sender itself. */
  readonly by: MemberId | null;
  /** Links between the sender and it, 1 to `MAX_HOPS`. */
  readonly hops: number;
}

export type Tree = ReadonlyMap<MemberId, Branch>;

export interface Ground {
  readonly viewers: readonly Viewer[];
  /** Copies that the sender can make itself, 1 and up. */
  readonly copies: number;
  /** Whether it was tried in vain that the first passes on to the second. */
  readonly failed: (by: MemberId, to: MemberId) => boolean;
  /** The tree so far: who can stay does. */
  readonly before: Tree;
}

interface Placed extends Branch {
  left: number;
}

const byId = (one: Viewer, other: Viewer): number => (one.member < other.member ? -1 : 1);

/**
 * Who gets a sender's picture from whom, in at most `MAX_HOPS` links. The same ground gives the same tree, whatever the
 * order of its viewers. Those with the most room stand next to the sender, the others where most room is left; for whom
 * there is no room anywhere the sender must care itself, beyond its copies.
 */
export function plantTree(ground: Ground): Tree {
  const stays = ({ member, room }: Viewer): number => (room > 0 && ground.before.get(member)?.by === null ? 0 : 1);
  const able = ground.viewers.toSorted(
    (one, other) => stays(one) - stays(other) || other.room - one.room || byId(one, other),
  );
  const placed = new Map<MemberId, Placed>();
  const place = ({ member, room }: Viewer, by: MemberId | null, hops: number): void => {
    placed.set(member, { by, hops, left: hops < MAX_HOPS ? Math.min(room, MAX_BRANCHES) : 0 });
  };
  for (const viewer of able.slice(0, ground.copies)) place(viewer, null, 1);
  // Who has room comes first, so that the next ones find it.
  const others = able.slice(ground.copies).toSorted((one, other) => other.room - one.room || byId(one, other));
  for (const viewer of others) {
    const by = parentFor(viewer, placed, ground);
    if (by === null) continue;
    const parent = placed.get(by);
    if (parent === undefined) continue;
    parent.left--;
    place(viewer, by, parent.hops + 1);
  }
  for (const viewer of others) if (!placed.has(viewer.member)) place(viewer, null, 1);
  return new Map([...placed].map(([member, { by, hops }]) => [member, { by, hops }]));
}

function parentFor({ member }: Viewer, placed: ReadonlyMap<MemberId, Placed>, ground: Ground): MemberId | null {
  const possible = [...placed].filter(([by, { left }]) => left > 0 && !ground.failed(by, member));
  const present = ground.before.get(member)?.by ?? null;
  if (possible.some(([by]) => by === present)) return present;
  const [best] = possible.toSorted(
    ([id, one], [otherId, other]) => one.hops - other.hops || other.left - one.left || (id < otherId ? -1 : 1),
  );
  return best?.[0] ?? null;
}
