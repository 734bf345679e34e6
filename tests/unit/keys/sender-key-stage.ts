import type { MemberId } from "../../../core/base/member-id.ts";
import { Party, type Sent } from "./sender-key-world.ts";

/** Where the tests of one file play: the time, and what is on its way. */
export const stage: { now: number; wire: Sent[] } = { now: 0, wire: [] };

export function clearStage(): void {
  stage.now = 1_000;
  stage.wire = [];
}

export function party(number: number): Party {
  return new Party(number, stage.now, (sent) => stage.wire.push(sent));
}

/** Takes what waits to be delivered, without delivering it. */
export function taken(): Sent[] {
  return stage.wire.splice(0);
}

export function deliver(parties: readonly Party[]): void {
  for (let sent = stage.wire.shift(); sent !== undefined; sent = stage.wire.shift()) {
    const { from, to, bytes } = sent;
    parties.find((one) => one.id === to)?.do({ type: "message", member: from, bytes }, stage.now);
  }
}

export function connect(one: Party, other: Party): void {
  one.do({ type: "reachable", member: other.id }, stage.now);
  other.do({ type: "reachable", member: one.id }, stage.now);
}

export const ids = (parties: readonly Party[]): MemberId[] => parties.map((one) => one.id);

/** Parties who are members for each other, connected, and have exchanged keys. */
export function call(...numbers: readonly number[]): Party[] {
  const parties = numbers.map(party);
  for (const one of parties) {
    const others = parties.filter((other) => other !== one);
    for (const other of others) if (other.id > one.id) connect(one, other);
  }
  for (const one of parties) {
    one.do({ type: "recipients", added: ids(parties.filter((other) => other !== one)), removed: [] }, stage.now);
  }
  deliver(parties);
  return parties;
}

export function wait(parties: readonly Party[], ms: number): void {
  stage.now += ms;
  for (const one of parties) if (one.wakeAt <= stage.now) one.do({ type: "tick" }, stage.now);
}
