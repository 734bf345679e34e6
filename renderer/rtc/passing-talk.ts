import type { MemberId } from "../../core/contract/parts.ts";
import { MAX_BRANCHES, PASSED_SLOTS, type Passed, type Route } from "../../core/contract/passing.ts";
import type { Word } from "../../core/media/signals.ts";
import type { PageMessage, WorkerMessage } from "../frames/messages.ts";

/** What is said about pictures that are passed on. */
export type PassingWord = Exclude<Word, { readonly type: "wish" }>;

/** What the frames worker says about them. */
export type PassingNews = Extract<WorkerMessage, { type: "frame-key" | "room" | "tell-route" | "arrival" }>;

/** What the frames worker is told about them. */
export type PassingOrder = Extract<
  PageMessage,
  { type: "frame-key" | "room" | "route" | "arrival" | "comes" | "goes-on" }
>;

export interface PassingTalkOptions {
  readonly say: (member: MemberId, word: PassingWord) => void;
  readonly order: (order: PassingOrder) => void;
  /** Lets a spare stream of the link to a member send, or no longer; false where there is no link. */
  readonly use: (member: MemberId, slot: number, used: boolean) => boolean;
}

/** One spare stream in use, to whom and for what. */
interface Branch {
  readonly to: MemberId;
  readonly slot: number;
  readonly of: Passed;
}

/**
 * What this page and the others say to each other so that one passes on another's pictures: who has room, who gets what by
 * whom. Passes on only what its sender has asked for, only if the person has agreed, and to no more than a few.
 */
export class PassingTalk {
  readonly #options: PassingTalkOptions;
  readonly #links = new Set<MemberId>();
  readonly #routes = new Map<string, { readonly origin: MemberId; readonly route: Route }>();
  #branches: readonly Branch[] = [];
  #mayPass = false;
  #key: string | null = null;
  #room = 0;

  constructor(options: PassingTalkOptions) {
    this.#options = options;
  }

  /** Whether the person has agreed to pass on others' pictures at this time. */
  set mayPass(mayPass: boolean) {
    if (mayPass === this.#mayPass) return;
    this.#mayPass = mayPass;
    this.#sayRoom();
    this.#settle();
  }

  /** Copies of others' pictures that go on from here. */
  get copies(): number {
    return this.#branches.length;
  }

  /** A link to a member is up, for the first time or again. */
  linkUp(member: MemberId): void {
    this.#links.add(member);
    if (this.#key !== null) this.#options.say(member, { type: "frame-key", key: this.#key });
    this.#options.say(member, this.#roomWord());
    this.#settle();
  }

  /**
   * Another link takes the place of the one to this member, or none does: nothing goes over its spare streams, and what it asked for
   * counts no more. Its page may be a new one; it tells its routes again once the link is up.
   */
  linkReplaced(member: MemberId): void {
    const { order } = this.#options;
    this.#links.delete(member);
    for (const { to, slot } of this.#branches)
      if (to === member) order({ type: "goes-on", member: to, slot, of: null });
    this.#branches = this.#branches.filter(({ to }) => to !== member);
    for (const [key, { origin, route }] of this.#routes) {
      if (origin !== member) continue;
      this.#routes.delete(key);
      order({ type: "route", origin, route: { ...route, by: null, hops: 1, to: [] } });
    }
    this.#settle();
  }

  /** What a member says. */
  hear(member: MemberId, word: PassingWord): void {
    const { order } = this.#options;
    switch (word.type) {
      case "room":
        return order({ type: "room", member, bitsPerSecond: word.bitsPerSecond });
      case "frame-key":
        return order({ type: "frame-key", member, key: word.key });
      case "arrival":
        return order({ type: "arrival", member, kind: word.kind, number: word.number, state: word.state });
      case "passes":
        return order({ type: "comes", member, slot: word.slot, of: word.of });
      case "route": {
        const { type: _, ...route } = word;
        this.#routes.set(`${route.kind} ${member}`, { origin: member, route });
        order({ type: "route", origin: member, route });
        return this.#settle();
      }
    }
  }

  /** What the frames worker says. */
  take(news: PassingNews): void {
    switch (news.type) {
      case "frame-key":
        this.#key = news.key;
        for (const member of this.#links) this.#options.say(member, { type: "frame-key", key: news.key });
        return;
      case "room":
        this.#room = news.bitsPerSecond;
        return this.#sayRoom();
      case "tell-route":
        return this.#options.say(news.member, { type: "route", ...news.route });
      case "arrival":
        return this.#options.say(news.origin, { type: "arrival", ...news.arrival });
    }
  }

  #roomWord(): PassingWord {
    return { type: "room", bitsPerSecond: this.#mayPass ? this.#room : 0 };
  }

  #sayRoom(): void {
    for (const member of this.#links) this.#options.say(member, this.#roomWord());
  }

  /** Begins and ends passing on so that it is what the senders ask for. */
  #settle(): void {
    const wanted = this.#mayPass
      ? [...this.#routes.values()].flatMap(({ origin, route: { kind, to } }) =>
          to.map((member) => ({ to: member, of: { origin, kind } })),
        )
      : [];
    const isWanted = ({ to, of }: Branch): boolean => wanted.some((one) => one.to === to && isSame(one.of, of));
    for (const branch of this.#branches.filter((one) => !isWanted(one))) this.#end(branch);
    for (const { to, of } of wanted) {
      const present = this.#branches.some((branch) => branch.to === to && isSame(branch.of, of));
      if (!present && this.#links.has(to)) this.#begin(to, of);
    }
  }

  #begin(to: MemberId, of: Passed): void {
    const taken = new Set(this.#branches.filter((branch) => branch.to === to).map(({ slot }) => slot));
    const slot = Array.from({ length: PASSED_SLOTS }, (_, index) => index).find((index) => !taken.has(index));
    if (slot === undefined || this.#branches.length >= MAX_BRANCHES || !this.#options.use(to, slot, true)) return;
    this.#branches = [...this.#branches, { to, slot, of }];
    this.#options.say(to, { type: "passes", slot, of });
    this.#options.order({ type: "goes-on", member: to, slot, of });
  }

  #end(branch: Branch): void {
    const { to, slot } = branch;
    this.#branches = this.#branches.filter((one) => one !== branch);
    this.#options.order({ type: "goes-on", member: to, slot, of: null });
    this.#options.say(to, { type: "passes", slot, of: null });
    this.#options.use(to, slot, false);
  }
}

function isSame(one: Passed, other: Passed): boolean {
  return one.origin === other.origin && one.kind === other.kind;
}
