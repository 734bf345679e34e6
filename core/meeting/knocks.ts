import type { MemberId } from "../contract/parts.ts";
import type { LinkId } from "../ports/mesh.ts";
import { MAX_KNOCKS, MAX_KNOCKS_PASSED_ON } from "./limits.ts";

/** Somebody who asked to be let in and waits for an answer. */
export interface Knock {
  readonly id: number;
  /** The link on which it waits at this person's door; null if it does not. */
  link: LinkId | null;
  /** At whose doors it waits, by their own word. */
  readonly doors: Set<MemberId>;
  readonly member: MemberId;
  readonly request: Uint8Array;
  readonly capability: Uint8Array;
  readonly label: string;
  readonly at: number;
}

export type Knocks = Map<number, Knock>;

/** Where a knock was heard: here, on a link, or at the door of a member, who passed it on. */
export type Door = { readonly link: LinkId } | { readonly of: MemberId };

/** Whether one more can be heard there. Nobody fills all the places by passing on knocks of nobody. */
export function hasPlace(knocks: Knocks, door: Door): boolean {
  if (knocks.size >= MAX_KNOCKS) return false;
  if ("link" in door) return true;
  const passedOn = [...knocks.values()].filter(({ link, doors }) => link === null && doors.has(door.of));
  return passedOn.length < MAX_KNOCKS_PASSED_ON;
}

/** It waits there, too. */
export function waitAt(knock: Knock, door: Door): void {
  if ("link" in door) knock.link = door.link;
  else knock.doors.add(door.of);
}

/** Somebody is no member any more: who waited there by that one's word alone waits no more. */
export function forgetDoor(knocks: Knocks, of: MemberId): void {
  for (const knock of [...knocks.values()]) {
    if (knock.doors.delete(of) && knock.doors.size === 0 && knock.link === null) knocks.delete(knock.id);
  }
}
