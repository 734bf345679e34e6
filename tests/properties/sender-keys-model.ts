import fc from "fast-check";
import { toHex } from "../../core/base/bytes.ts";
import type { MemberId } from "../../core/base/member-id.ts";
import { Secret } from "../../core/base/secret.ts";
import { ratchetBaseKey } from "../../core/keys/base-key.ts";
import { decodeKeyMessage } from "../../core/keys/key-message.ts";
import { RENEW_MS, SWITCH_MS } from "../../core/keys/sender-key-types.ts";
import { Party, type Sent } from "../unit/keys/sender-key-world.ts";

/** What may happen to members and their channels; `who` and `whom` are taken modulo the number of people. */
export interface Happening {
  readonly what: "joins" | "goes" | "cut" | "linked" | "reload" | "deliver" | "time" | "renewal";
  readonly who: number;
  readonly whom: number;
  readonly ms: number;
}

const PEOPLE = 6;
/** More than anybody can ask for in one step, in number of ticks. */
const MOST_TICKS = 1_000;

export function schedules(most: number): fc.Arbitrary<readonly Happening[]> {
  const what = fc.constantFrom<Happening["what"]>(
    ...([
      "joins",
      "goes",
      "cut",
      "linked",
      "linked",
      "reload",
      "deliver",
      "deliver",
      "deliver",
      "time",
      "renewal",
    ] as const),
  );
  const number = fc.nat(PEOPLE * PEOPLE);
  return fc.array(fc.record({ what, who: number, whom: number, ms: fc.nat(900) }), { minLength: 4, maxLength: most });
}

/** Plays a schedule; throws on the first breach. */
export function playSchedule(happenings: readonly Happening[]): void {
  const model = new Model();
  for (const happening of happenings) {
    model.apply(happening);
    model.check();
  }
  model.settle();
}

/** One key as it was sent to somebody, kept by them for ever as an enemy would. */
interface Taken {
  readonly epoch: number;
  readonly key: string;
}

/** Members with their schedules, the messages under way between them, and everything anybody was ever sent. */
class Model {
  #now = 0;
  readonly #parties: Party[] = [];
  readonly #members = new Set<number>();
  readonly #linked = new Set<string>();
  #underWay: Sent[] = [];
  /** What each was sent by each, by `from to`. */
  readonly #taken = new Map<string, Taken[]>();
  /** Every key by the first moment it was sealed under. */
  readonly #firstUse = new Map<string, number>();
  readonly #admittedAt = new Map<MemberId, number>();
  /** Since when each is known to have gone. */
  readonly #goneSince = new Map<MemberId, number>();

  constructor() {
    for (let number = 0; number < PEOPLE; number++) {
      this.#parties.push(new Party(number + 1, 0, (sent) => this.#send(sent)));
    }
    for (const first of [0, 1, 2]) this.#join(first);
    this.check();
  }

  apply({ what, who, whom, ms }: Happening): void {
    const [one, other] = [who % PEOPLE, whom % PEOPLE];
    if (what === "joins") this.#join(one);
    else if (what === "goes") this.#go(one);
    else if (what === "cut") this.#cut(one, other);
    else if (what === "linked") this.#link(one, other);
    else if (what === "reload") this.#reload(one);
    else if (what === "deliver") this.#deliver(who);
    else this.#pass(what === "renewal" ? RENEW_MS : ms);
  }

  /** No key is in wrong hands now. */
  check(): void {
    for (const number of this.#members) {
      const party = this.#party(number);
      if (!this.#firstUse.has(party.sendKey)) this.#firstUse.set(party.sendKey, this.#now);
      for (const [gone, since] of this.#goneSince) {
        if (this.#now >= since + SWITCH_MS && this.#follows(gone, party)) throw new Error("one who has gone can open");
      }
    }
    for (const party of this.#parties) {
      const { installed } = party.worker;
      if (new Set(installed).size < installed.length) throw new Error("a sending key was installed twice");
    }
  }

  /** Everybody is linked, everything arrives and time goes by: all members open all. */
  settle(): void {
    for (const one of this.#members) for (const other of this.#members) this.#link(one, other);
    for (let round = 0; round < 6; round++) {
      while (this.#underWay.length > 0) this.#deliver(0);
      this.#pass(SWITCH_MS);
      this.check();
    }
    for (const one of this.#members) {
      for (const other of this.#members) {
        if (one !== other && !this.#party(one).opens(this.#party(other)))
          throw new Error(`${one} cannot open ${other}`);
      }
    }
  }

  #party(number: number): Party {
    const party = this.#parties[number];
    if (party === undefined) throw new Error("nobody");
    return party;
  }

  /** Somebody comes who was never here; the log reaches all members at once. */
  #join(number: number): void {
    const { id } = this.#party(number);
    if (this.#members.has(number) || this.#goneSince.has(id)) return;
    this.#admittedAt.set(id, this.#now);
    this.#roster(id, "added");
    const others = [...this.#members].map((member) => this.#party(member).id);
    this.#party(number).do({ type: "recipients", added: others, removed: [] }, this.#now);
    this.#members.add(number);
  }

  #go(number: number): void {
    const { id } = this.#party(number);
    if (!this.#members.delete(number)) return;
    this.#goneSince.set(id, this.#now);
    this.#roster(id, "removed");
    for (let other = 0; other < PEOPLE; other++) this.#unlink(number, other);
  }

  #roster(id: MemberId, change: "added" | "removed"): void {
    for (const member of this.#members) {
      this.#party(member).do({ type: "recipients", added: [], removed: [], [change]: [id] }, this.#now);
    }
  }

  #link(one: number, other: number): void {
    if (one === other || !this.#members.has(one) || !this.#members.has(other)) return;
    this.#unlink(one, other);
    this.#linked.add(wayOf(one, other));
    this.#party(one).do({ type: "reachable", member: this.#party(other).id }, this.#now);
    this.#party(other).do({ type: "reachable", member: this.#party(one).id }, this.#now);
  }

  #cut(one: number, other: number): void {
    if (!this.#unlink(one, other)) return;
    this.#party(one).do({ type: "unreachable", member: this.#party(other).id }, this.#now);
    this.#party(other).do({ type: "unreachable", member: this.#party(one).id }, this.#now);
  }

  /** A channel that ends takes what is under way on it with it. */
  #unlink(one: number, other: number): boolean {
    const ids = [this.#parties[one]?.id, this.#parties[other]?.id];
    this.#underWay = this.#underWay.filter(({ from, to }) => !(ids.includes(from) && ids.includes(to)));
    return this.#linked.delete(wayOf(one, other));
  }

  #reload(number: number): void {
    if (!this.#members.has(number)) return;
    const party = this.#party(number);
    party.worker.send.clear();
    party.worker.receive.clear();
    party.do({ type: "worker-started" }, this.#now);
  }

  /** The oldest message of one of the ways arrives: each way keeps its order, ways overtake each other. */
  #deliver(choice: number): void {
    const ways = [...new Set(this.#underWay.map(({ from, to }) => `${from} ${to}`))];
    const way = ways[choice % Math.max(1, ways.length)];
    const place = this.#underWay.findIndex(({ from, to }) => `${from} ${to}` === way);
    const [sent] = place < 0 ? [] : this.#underWay.splice(place, 1);
    if (sent === undefined) return;
    const receiver = this.#parties.find(({ id }) => id === sent.to);
    receiver?.do({ type: "message", member: sent.from, bytes: sent.bytes }, this.#now);
  }

  #pass(ms: number): void {
    const end = this.#now + ms;
    for (let ticks = 0; ; ticks++) {
      if (ticks > MOST_TICKS) throw new Error("the schedule asks for one tick after the other");
      const due = this.#parties.filter(({ wakeAt }) => wakeAt <= end).sort((a, b) => a.wakeAt - b.wakeAt)[0];
      if (due === undefined) break;
      this.#now = Math.max(this.#now, due.wakeAt);
      due.do({ type: "tick" }, this.#now);
      this.check();
    }
    this.#now = end;
  }

  /** What leaves a sender counts as taken, whether or not it arrives. */
  #send(sent: Sent): void {
    const message = decodeKeyMessage(sent.bytes);
    this.#underWay.push({ ...sent, bytes: sent.bytes.slice() });
    if (message?.type !== "key") return;
    const admittedAt = this.#admittedAt.get(sent.to);
    if (admittedAt === undefined || this.#goneSince.has(sent.to)) throw new Error("a key was sent to no member");
    const key = toHex(message.baseKey);
    const used = this.#firstUse.get(key);
    if (used !== undefined && used < admittedAt) throw new Error("a newcomer was sent a key used before it came");
    const way = `${sent.from} ${sent.to}`;
    this.#taken.set(way, [...(this.#taken.get(way) ?? []), { epoch: message.epoch, key }]);
  }

  /** Whether somebody holds, or can derive, the key that a member seals under now. */
  #follows(gone: MemberId, party: Party): boolean {
    const sealing = party.state.current;
    const taken = this.#taken.get(`${party.id} ${gone}`) ?? [];
    return taken.some(({ epoch, key }) => reaches({ epoch, key }, { epoch: sealing.epoch, key: party.sendKey }));
  }
}

function reaches(from: Taken, to: Taken): boolean {
  if (from.key === to.key) return true;
  if (to.epoch - from.epoch > 8) return false;
  let key = new Secret("base-key", Uint8Array.from(Buffer.from(from.key, "hex")));
  for (let epoch = from.epoch + 1; epoch <= to.epoch; epoch++) key = ratchetBaseKey(key, epoch);
  return toHex(key.reveal()) === to.key;
}

function wayOf(one: number, other: number): string {
  return [one, other].sort().join(" ");
}
