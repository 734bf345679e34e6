import type { Command } from "../../../core/contract/commands.ts";
import type { Fingerprint } from "../../../core/contract/parts.ts";
import type { InvitingWay } from "../../../core/contract/rules.ts";
import { MeetingRunner } from "../../../core/meeting/runner.ts";
import { createMemoryNetwork, type MemoryNetwork } from "../../../core/mesh/memory/network.ts";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import type { Identity } from "../../../core/meeting/identity.ts";
import type { PersonaStore } from "../../../core/ports/persona-store.ts";
import type { Mesh, PeerId } from "../../../core/ports/mesh.ts";
import { keepPlace, takePlace } from "../../../electron/host/window-place.ts";
import type { FromHost } from "../../../electron/host/control.ts";
import { PlaceKeeper } from "../../../electron/place-keeper.ts";
import { seededRandom } from "../seeded-random.ts";
import { cheapIdentity } from "../identity.ts";
import { FileDouble, type Receptions } from "./file-double.ts";
import { Person } from "./person.ts";

interface PersonOptions {
  readonly localDiscovery?: boolean;
  readonly clockOffMs?: number;
  /** Where this person's long-lived identity is kept. */
  readonly store?: PersonaStore;
  /** How many this person's client lets into a meeting. */
  readonly maxMembers?: number;
}

/** What stays when a host dies: the window, and the page with its certificate. */
interface Survivors {
  readonly window: PlaceKeeper;
  readonly fingerprint?: Fingerprint;
}

/** As it goes through the pipe between two processes: nothing is shared. */
function takeIn(window: PlaceKeeper, word: FromHost): void {
  const copy = structuredClone(word);
  if (copy.type === "keep-place") window.take(copy.part);
}

/** Several people with real hosts and scripted pages on one network in memory, in a time that belongs to the test. */
export class World {
  readonly clock = new VirtualClock();
  readonly network: MemoryNetwork;
  readonly people: Person[] = [];
  readonly #receptions: Receptions = new Map();
  /** What these say does not reach their window. */
  readonly #unheardHosts = new WeakSet<MeetingRunner>();
  readonly #random;

  /** Who makes invites in meetings that are started here, unless the test says otherwise. */
  readonly #inviting: InvitingWay;

  constructor(seed = 1, inviting: InvitingWay = "moderators") {
    this.#inviting = inviting;
    this.#random = seededRandom(seed);
    this.network = createMemoryNetwork({ clock: this.clock, random: this.#random });
  }

  /** A client as it is after its start: a page is attached, nothing else has happened. Its wall clock may be off. */
  person(name: string, options: PersonOptions = {}, survivors?: Survivors): Person {
    const { clock } = this;
    const window = survivors?.window ?? new PlaceKeeper((delayMs, callback) => clock.after(delayMs, callback));
    const { clockOffMs = 0 } = options;
    const meshes: Mesh[] = [];
    const { store } = options;
    const tell = (told: Identity): void => runner.dispatch({ type: "identity", identity: told });
    const identity = store === undefined ? null : cheapIdentity({ store, random: this.#random, tell });
    const files = new FileDouble({
      clock,
      receptions: this.#receptions,
      open: (peer) => {
        const own = meshes.at(-1);
        return own !== undefined && this.network.weather.reachable(own.self, peer as PeerId);
      },
    });
    const runner = new MeetingRunner({
      clock: {
        now: () => clock.now() + clockOffMs,
        elapsed: () => clock.elapsed(),
        after: (delayMs, callback) => clock.after(delayMs, callback),
      },
      random: this.#random,
      createMesh: (wanted) => {
        const mesh = this.network.createMesh(wanted);
        meshes.push(mesh);
        return Promise.resolve(mesh);
      },
      showEveryMs: 0,
      reportDefect: (defect) => {
        throw defect instanceof Error ? defect : new Error(String(defect));
      },
      files,
      keepPlace: (part) => {
        // A process that has died says nothing, though here its code runs on.
        if (!this.#unheardHosts.has(runner)) keepPlace((word) => takeIn(window, word), part);
      },
      network: { relays: [], localDiscovery: options.localDiscovery ?? false },
      ...(options.maxMembers === undefined ? {} : { maxMembers: options.maxMembers }),
      keepContact: (contact) => identity?.keepContact(contact),
    });
    if (identity !== null) identity.start();
    window.spend((place) =>
      takePlace(structuredClone(place), (held) => runner.dispatch({ type: "return", place: held })),
    );
    const person = new Person({
      name,
      window,
      ...(survivors === undefined ? {} : { fingerprint: survivors.fingerprint }),
      runner,
      meshes,
      clock: this.clock,
      random: this.#random,
      files,
      ...(identity === null ? {} : { identity }),
    });
    this.people.push(person);
    return person;
  }

  /**
   * The host of somebody is killed, and nothing else of theirs. Their machine ends its connections, or does not if the others are to
   * notice by themselves.
   */
  killHost(person: Person, how: "closed" | "silent" = "closed"): void {
    this.loseWords(person);
    person.window.hostDied();
    if (how === "closed") void person.mesh.stop();
    else this.network.kill(person.mesh);
    this.people.splice(this.people.indexOf(person), 1);
  }

  /** From now on the window does not get what the host of somebody says, as if the pipe between them were stuck. */
  loseWords(person: Person): void {
    this.#unheardHosts.add(person.runner);
  }

  /** A new host takes the place of one that was killed: the window hands it what it holds, and the page that lives on is joined to it. */
  revive(killed: Person, page: "same page" | "new page" = "same page"): Person {
    const { window, fingerprint } = killed;
    return this.person(killed.name, {}, page === "new page" ? { window } : { window, fingerprint });
  }

  /** Lets time go on until something is so; fails with what each screen shows when it is not within `limitMs`. */
  async until(what: string, condition: () => boolean, limitMs = 20_000): Promise<void> {
    if (await this.clock.until(condition, limitMs)) return;
    const screens = this.people.map((person) => `${person.name}: ${JSON.stringify(person.snapshot)}`);
    throw new Error(`not within ${String(limitMs)} ms: ${what}\n${screens.join("\n")}`);
  }

  /** A meeting that the first of the people has started and all others have entered by one link. */
  async meeting(...names: string[]): Promise<Person[]> {
    const people = names.map((name) => this.person(name));
    const [starter, ...guests] = people;
    if (starter === undefined) throw new Error("a meeting needs somebody");
    const link = await this.start(starter);
    for (const guest of guests) await this.join(guest, link);
    await this.together(people);
    return people;
  }

  /** Starts a meeting and gives its invite link. */
  async start(
    person: Person,
    admission: Extract<Command, { type: "start-meeting" }>["admission"] = "invite",
    inviting = this.#inviting,
  ): Promise<string> {
    person.command({ type: "start-meeting", name: person.name, admission, inviting });
    person.enter();
    return this.invite(person);
  }

  async invite(person: Person): Promise<string> {
    person.command({ type: "create-invite" });
    await this.until(`${person.name} has an invite`, () => (person.call?.invite ?? null) !== null);
    return person.call?.invite?.link ?? "";
  }

  async join(person: Person, link: string): Promise<void> {
    this.knock(person, link);
    await this.until(`${person.name} is in the call`, () => person.call !== null);
  }

  /** Opens an invite and presses `Enter meeting`, and does not wait for an answer. */
  knock(person: Person, link: string): void {
    person.command({ type: "open-invite", name: person.name, invite: link });
    person.enter();
  }

  /** All of them hear all of them, under one code. */
  async together(people: readonly Person[], limitMs = 20_000): Promise<void> {
    await this.until(
      `${people.map(({ name }) => name).join(", ")} are together`,
      () => people.every((person) => person.hearsAll(people)) && new Set(people.map(({ code }) => code)).size === 1,
      limitMs,
    );
  }
}
