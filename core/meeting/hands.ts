import type { MemberId } from "../contract/parts.ts";
import { spend } from "./budget.ts";
import { HANDS, MAX_TICKET_STEP, OWN_HANDS } from "./limits.ts";
import { sendTo, sendToGreeted } from "./sending.ts";
import type { Contact, Session } from "./state.ts";
import type { SessionTurn } from "./turn.ts";

// Lamport's bakery (Communications of the ACM 17(8), 1974): whoever raises a hand takes a ticket one above the highest that is
// up, and the same number twice is settled by member id. No clock and no agreement is needed for one order on all screens.

/** This person's hand goes up, or down again. More often than others would listen to has no effect. */
export function setHand(turn: SessionTurn, raised: boolean): void {
  const { session } = turn;
  if (raised === session.hand > 0) return;
  const spent = spend(session.handBudget, OWN_HANDS, { elapsed: turn.elapsed, wanted: 1 });
  session.handBudget = spent.budget;
  if (spent.granted === 0) return;
  session.hand = raised ? nextTicket(session) : 0;
  sendToGreeted(turn, { type: "hand", ticket: session.hand });
}

/** Tells a member who is in reach again how this person's hand is: also that it went down meanwhile. */
export function tellHand(turn: SessionTurn, { member }: Contact): void {
  sendTo(turn, member, { type: "hand", ticket: turn.session.hand });
}

/** A member says how its hand is: the ticket, 0 for a hand that is down. A flood is dropped unread. */
export function handArrived(turn: SessionTurn, contact: Contact, ticket: number): void {
  const spent = spend(contact.handBudget, HANDS, { elapsed: turn.elapsed, wanted: 1 });
  contact.handBudget = spent.budget;
  if (spent.granted > 0) contact.hand = ticket;
}

/** Who has a hand up, first come first. Members who are away are left out: they would not answer if it were their turn. */
export function handsInOrder(session: Session): MemberId[] {
  const up = [...session.contacts.values()].flatMap(({ member, hand, away }) => (away ? [] : [{ member, hand }]));
  const all = [...up, { member: session.self, hand: session.hand }].filter(({ hand }) => hand > 0);
  const first = (a: MemberId, b: MemberId): number => (a < b ? -1 : 1);
  return all.sort((a, b) => a.hand - b.hand || first(a.member, b.member)).map(({ member }) => member);
}

/**
 * One above the highest ticket that is up. A ticket far above all others was not come by honestly and is passed over,
 * so that nobody uses up the numbers: whoever states it stands last.
 */
function nextTicket(session: Session): number {
  const up = [...session.contacts.values()].map(({ hand }) => hand).sort((a, b) => a - b);
  let highest = 0;
  for (const ticket of up) {
    if (ticket - highest > MAX_TICKET_STEP) break;
    highest = ticket;
  }
  return highest + 1;
}
