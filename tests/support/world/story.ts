import fc from "fast-check";
import type { Command } from "../../../core/contract/commands.ts";
import type { Mesh } from "../../../core/ports/mesh.ts";
import { KeyWitness } from "./key-witness.ts";
import type { Person } from "./person.ts";
import { World } from "./world.ts";

type Admission = Extract<Command, { type: "start-meeting" }>["admission"];

/** Something that may happen; whom it happens to is worked out from who is there, so that every list of them can be played. */
export interface Happening {
  readonly what: keyof typeof HAPPENINGS;
  readonly who: number;
  readonly whom: number;
  /** What time goes by after it, in ms. */
  readonly then: number;
}

export interface StoryPlan {
  readonly seed: number;
  readonly admission: Admission;
  readonly atFirst: number;
  readonly happenings: readonly Happening[];
}

const MOST_PEOPLE = 16;
/** By when everybody who can reach everybody hears everybody again, in ms: a link's death is noticed, a hanging dial given up, the next begun. */
const CALM_MS = 30_000;
/** After somebody has come back under a new address; until then a link that is dead may still look alive. */
const SETTLING_MS = 10_000;

/** A meeting to which anything may happen, with a witness who sees every key. */
export class Story {
  readonly world: World;
  readonly witness: KeyWitness;
  readonly #crashed = new Set<Person>();
  #guests = 0;
  #settledAt = 0;

  constructor(seed: number) {
    this.world = new World(seed);
    this.witness = new KeyWitness(this.world.clock);
  }

  person(name: string): Person {
    const person = this.world.person(name);
    this.witness.watch(person);
    return person;
  }

  /** Those whose machines run. */
  get alive(): Person[] {
    return this.world.people.filter((person) => !this.#crashed.has(person));
  }

  get inCall(): Person[] {
    return this.alive.filter((person) => person.call !== null);
  }

  /** Everybody reaches everybody whom they list, and has had the time to hear where whoever came back last is now. */
  get areInTouch(): boolean {
    return (
      this.world.clock.elapsed() >= this.#settledAt &&
      this.inCall.every(({ call }) => call?.participants.every(({ reachable }) => reachable))
    );
  }

  pick(number: number): Person | undefined {
    return this.inCall[number % Math.max(1, this.inCall.length)];
  }

  get meshes(): Mesh[] {
    return this.alive.flatMap((person) => (person.hasMesh ? [person.mesh] : []));
  }

  knock(inviter: Person): void {
    inviter.command({ type: "create-invite" });
    const link = inviter.call?.invite?.link;
    if (link === undefined || this.alive.length >= MOST_PEOPLE) return;
    const guest = this.person(`guest ${String(++this.#guests)}`);
    this.world.knock(guest, link);
  }

  crash(person: Person): void {
    this.#crashed.add(person);
    this.witness.crashed(person);
    this.world.network.kill(person.mesh);
  }

  /** The host of somebody dies, their page is reloaded, and after a while another host has their place. */
  dieAndReturn(person: Person, afterMs: number): void {
    this.witness.crashed(person);
    this.world.killHost(person);
    this.#settledAt = this.world.clock.elapsed() + afterMs + SETTLING_MS;
    this.world.clock.after(afterMs, () => {
      const back = this.world.revive(person);
      this.witness.watch(back);
      // Only now, so that the witness sees every key.
      back.loadPage();
    });
  }

  /** Time goes on, and the witness looks. */
  async wait(ms: number): Promise<void> {
    await this.world.clock.run(ms);
    this.witness.check();
  }

  /** The weather clears: everybody who is left hears everybody, under one code. */
  async endsWell(): Promise<void> {
    this.world.network.heal();
    this.world.network.setAllWays({ delayMs: 20, jitterMs: 0, loss: 0 });
    // Who is being let in, or has yet to hear that they were removed, is one or the other by then.
    await this.wait(CALM_MS);
    const apart = this.inCall.flatMap((person) => this.inCall.flatMap((other) => missing(person, other)));
    const codes = new Set(this.inCall.map(({ code }) => code));
    if (codes.size > 1) apart.push(`there are ${String(codes.size)} meeting codes`);
    // Nobody here ever means to tell two histories.
    const notices = this.inCall.flatMap(({ call }) => call?.notices ?? []);
    for (const { kind, name } of notices) if (kind === "equivocated") apart.push(`${name} has told two histories`);
    if (apart.length > 0) throw new Error(apart.join("; "));
  }
}

/** What one lacks to hear another; empty if nothing. */
function missing(person: Person, other: Person): string[] {
  if (person === other || person.hears(other)) return [];
  const there = person.participant(other);
  const lack =
    there === undefined ? "is not listed" : person.links.connected(there.id) ? "has another key" : "has no media link";
  return [`for ${person.name}, ${other.name} ${lack} (${there?.reachable === true ? "reachable" : "out of reach"})`];
}

const HAPPENINGS = {
  joins: (story: Story, { who }: Happening) => {
    const inviter = story.pick(who);
    if (inviter !== undefined) story.knock(inviter);
  },
  answers: (story: Story, { who, whom }: Happening) => {
    const asked = story.inCall.filter((person) => (person.call?.knocks.length ?? 0) > 0);
    const knocks = asked[who % Math.max(1, asked.length)]?.call?.knocks ?? [];
    const knock = knocks[whom % Math.max(1, knocks.length)]?.knock;
    if (knock === undefined) return;
    const command =
      whom % 4 === 0 ? ({ type: "refuse", knock, reason: "" } as const) : ({ type: "admit", knock } as const);
    asked[who % asked.length]?.command(command);
  },
  leaves: (story: Story, { who }: Happening) => {
    story.pick(who)?.command({ type: "leave" });
  },
  removes: (story: Story, { who, whom }: Happening) => {
    // Mostly one who may; now and then one who may not.
    const moderator = story.inCall.find(({ call }) => call?.participants.find(({ self }) => self)?.moderator);
    const remover = who % 8 === 0 ? story.pick(who) : moderator;
    const victim = story.pick(whom);
    if (remover === undefined || victim === undefined || victim === remover) return;
    remover.command({ type: "remove-member", member: victim.id, reason: "a reason" });
  },
  crashes: (story: Story, { who }: Happening) => {
    const person = story.pick(who);
    if (person !== undefined && story.inCall.length > 2) story.crash(person);
  },
  returns: (story: Story, { who, whom }: Happening) => {
    const person = story.pick(who);
    // Of two who die at the same time neither knows where the other is then.
    if (person !== undefined && story.areInTouch) story.dieAndReturn(person, (whom % 100) * 100);
  },
  reloads: (story: Story, { who }: Happening) => {
    story.pick(who)?.loadPage();
  },
  parts: (story: Story, { who, whom }: Happening) => {
    const sides = story.meshes.map((mesh, place) => ({ mesh, left: ((who * 31 + whom) >> (place % 12)) % 2 === 0 }));
    const sideOf = (left: boolean): Mesh[] => sides.filter((side) => side.left === left).map(({ mesh }) => mesh);
    story.world.network.partition([sideOf(true), sideOf(false)]);
  },
  heals: (story: Story) => {
    story.world.network.heal();
  },
  storms: (story: Story, { who, whom }: Happening) => {
    story.world.network.setAllWays({ delayMs: 5 + (who % 150), jitterMs: whom % 200, loss: (whom % 5) / 20 });
  },
  cuts: (story: Story, { who, whom }: Happening) => {
    const [one, other] = [story.pick(who), story.pick(whom)];
    if (one !== undefined && other !== undefined && one !== other) story.world.network.cut(one.mesh, other.mesh);
  },
  drops: (story: Story, { who, whom }: Happening) => {
    const [one, other] = [story.pick(who), story.pick(whom)];
    if (one === undefined || other === undefined || one === other) return;
    if (one.links.connected(other.id)) one.links.lose(other.id);
  },
} as const satisfies Record<string, (story: Story, happening: Happening) => void>;

/** Plays a plan from the first invite to a calm end. Throws on the first breach of what the keys promise. */
export async function play(plan: StoryPlan): Promise<void> {
  const story = new Story(plan.seed);
  const starter = story.person("starter");
  await story.world.start(starter, plan.admission);
  for (let guest = 1; guest < plan.atFirst; guest++) story.knock(starter);
  await story.wait(1_500);
  for (const happening of plan.happenings) {
    HAPPENINGS[happening.what](story, happening);
    await story.wait(happening.then);
  }
  await story.endsWell();
}

const chance = fc.nat(9_999);
const then = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 400 }) },
  { weight: 3, arbitrary: fc.integer({ min: 400, max: 4_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 4_000, max: 40_000 }) },
);

const what = fc.oneof(
  { weight: 6, arbitrary: fc.constant("joins" as const) },
  { weight: 4, arbitrary: fc.constantFrom("removes" as const, "answers" as const) },
  { weight: 6, arbitrary: fc.constantFrom("leaves" as const, "reloads" as const, "cuts" as const) },
  { weight: 4, arbitrary: fc.constantFrom("parts" as const, "heals" as const) },
  { weight: 3, arbitrary: fc.constantFrom("storms" as const, "drops" as const, "crashes" as const) },
  { weight: 3, arbitrary: fc.constant("returns" as const) },
);

/** Plans with up to `most` happenings. */
export function storyPlans(most: number): fc.Arbitrary<StoryPlan> {
  return fc.record({
    seed: fc.nat(0xffff),
    admission: fc.constantFrom<Admission>("invite", "invite", "knock-any"),
    atFirst: fc.integer({ min: 3, max: 8 }),
    happenings: fc.array(fc.record({ what, who: chance, whom: chance, then }), { minLength: 5, maxLength: most }),
  });
}
