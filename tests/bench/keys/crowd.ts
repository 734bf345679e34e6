import { createMemoryNetwork, type MemoryNetwork } from "../../../core/mesh/memory/network.ts";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { Member, type Traffic } from "./member.ts";

/** What one change of the roster took. */
export interface Change {
  /** From its cause to the last member who had switched, in ms of the simulated clock. */
  readonly ms: number;
  /** What each member sent for it who was there before and after. */
  readonly traffic: readonly Traffic[];
}

const CALM = { delayMs: 1, jitterMs: 0, loss: 0 };
/** How long stragglers' acknowledgements are waited for, in ms. */
const QUIET_MS = 1_500;
const LIMIT_MS = 60_000;
/** How many come at one time while the meeting is set up. */
const BATCH = 8;

/** A meeting of hosts without pages in simulated time. */
export class Crowd {
  readonly clock = new VirtualClock();
  readonly #network: MemoryNetwork;
  readonly #weather: { readonly delayMs: number; readonly loss: number };
  readonly #starter: Member;
  #members: Member[];
  #count = 0;

  constructor(seed: number, weather: { readonly delayMs: number; readonly loss: number }) {
    this.#network = createMemoryNetwork({ clock: this.clock, random: seededRandom(seed) });
    this.#weather = weather;
    this.#starter = new Member("starter", this.#network, { answers: true });
    this.#members = [this.#starter];
  }

  get size(): number {
    return this.#members.length;
  }

  /** Lets people in, in calm weather, until there are `size`. */
  async grow(size: number): Promise<void> {
    this.#network.setAllWays(CALM);
    if (this.#starter.call === null) {
      this.#starter.command({ type: "start-meeting", name: this.#starter.name, admission: "invite" });
      this.#starter.enter();
      await this.#until("the meeting is there", () => this.#starter.call !== null);
      await this.clock.run(10);
    }
    while (this.size < size) {
      const guests = await this.#guests(Math.min(BATCH, size - this.size));
      for (const guest of guests) guest.enter();
      this.#members.push(...guests);
      await this.#until("all hear all", () => guests.every((guest) => this.#isWithAll(guest)));
    }
    this.#network.setAllWays({ ...CALM, ...this.#weather });
    await this.clock.run(QUIET_MS);
  }

  /** One more comes who has opened the invite before: from `Enter meeting` until all list them and can open them, and they all. */
  async join(): Promise<Change> {
    const [guest] = await this.#guests(1);
    if (guest === undefined) throw new Error("nobody came");
    const before = this.#members;
    this.#members = [...before, guest];
    return await this.#measure(
      before,
      () => guest.enter(),
      () => this.#isWithAll(guest),
    );
  }

  /** The last who came leaves. */
  async leave(): Promise<void> {
    this.#members.pop()?.command({ type: "leave" });
    await this.clock.run(QUIET_MS);
  }

  /** The last who came is removed: from the moderator's word until all who remain seal under keys the removed never had. */
  async remove(): Promise<Change> {
    const removed = this.#members.at(-1);
    if (removed === undefined || removed === this.#starter) throw new Error("there is nobody to remove");
    const rest = this.#members.slice(0, -1);
    this.#members = rest;
    const { id } = removed;
    const known = removed.frames.everReceived;
    const fresh = (member: Member): boolean =>
      !known.has(member.frames.sealing()?.baseKey ?? "") && member.frames.sealing() !== null && !member.lists(id);
    const remove = (): void => this.#starter.command({ type: "remove-member", member: id, reason: "" });
    return await this.#measure(rest, remove, () => rest.every(fresh));
  }

  async #measure(who: readonly Member[], cause: () => void, done: () => boolean): Promise<Change> {
    for (const member of who) member.takeTraffic();
    const start = this.clock.elapsed();
    cause();
    await this.#until("the change is complete", done);
    const ms = this.clock.elapsed() - start;
    await this.clock.run(QUIET_MS);
    return { ms, traffic: who.map((member) => member.takeTraffic()) };
  }

  /** People with the invite open and somebody reached, who have not pressed `Enter meeting`. */
  async #guests(count: number): Promise<Member[]> {
    const invite = this.#starter.invite();
    const guests = Array.from({ length: count }, () => new Member(`guest ${String(++this.#count)}`, this.#network));
    for (const guest of guests) guest.open(invite);
    await this.#until("somebody is reached", () => guests.every((guest) => guest.reached));
    return guests;
  }

  /** Whether one and everybody else list each other and hold the keys that the other seals under now. */
  #isWithAll(one: Member): boolean {
    const key = one.frames.sealing();
    // Whoever was let in has had a key since.
    if (key === null) return false;
    const { id } = one;
    const others = this.#members.filter((member) => member !== one);
    // What costs least to look at comes first: this is asked after everything that happens.
    const opened = others.every((other) => other.frames.sealing() !== null && other.frames.opens(id, key));
    const opens = opened && others.every((other) => one.frames.opens(other.id, other.frames.sealing()));
    return opens && others.every((other) => other.lists(id));
  }

  async #until(what: string, condition: () => boolean): Promise<void> {
    if (!(await this.clock.until(condition, LIMIT_MS))) throw new Error(`not within ${String(LIMIT_MS)} ms: ${what}`);
  }
}
