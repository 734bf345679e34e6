import type { MemberId } from "../../core/contract/parts.ts";
import type { PictureKind } from "../../core/contract/passing.ts";
import type { PassingChoice } from "../../core/contract/settings.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { FramesClient } from "./frames-client.ts";
import { PassingTalk, type PassingNews, type PassingWord } from "./passing-talk.ts";
import type { OutgoingLink } from "./picture-sending.ts";
import { SpareStreams } from "./spare-streams.ts";
import { Supply } from "./supply.ts";
import { WordPace } from "./word-pace.ts";

type RouteWord = Extract<PassingWord, { readonly type: "route" }>;

export interface PassingOnOptions {
  readonly clock: Clock;
  readonly frames: FramesClient;
  readonly say: (member: MemberId, word: PassingWord) => void;
  /** False where each link encodes for itself: others' pictures cannot be put there. */
  readonly canCarry: boolean;
}

/** This page's part in passing on others' pictures: what is agreed with them, on which streams, and whether the person wants it. */
export class PassingOn {
  readonly #spare: SpareStreams;
  readonly #talk: PassingTalk;
  /** Each route may cost a word to everybody whom it names, who would take too many for a reason to break off. */
  readonly #routes: Readonly<Record<PictureKind, WordPace<MemberId, RouteWord>>>;
  readonly #supply = new Supply(navigator as object);
  readonly #canCarry: boolean;
  #choice: PassingChoice = "never";

  constructor({ clock, frames, say, canCarry }: PassingOnOptions) {
    this.#canCarry = canCarry;
    this.#spare = new SpareStreams(frames);
    this.#talk = new PassingTalk({
      say,
      order: (order) => frames.order(order),
      use: (member, slot, used) => this.#spare.use(member, slot, used),
    });
    const follow = (member: MemberId, word: RouteWord): void => this.#talk.hear(member, word);
    this.#routes = { camera: new WordPace(clock, follow), screen: new WordPace(clock, follow) };
    this.#supply.subscribe(() => this.#settle());
  }

  /** When the person wants it; holds at once. */
  allow(choice: PassingChoice): void {
    this.#choice = choice;
    this.#settle();
  }

  /** Copies of others' pictures that go on from here. */
  get copies(): number {
    return this.#talk.copies;
  }

  /** There is a new link, maybe in the place of another. */
  attach(link: OutgoingLink): void {
    this.#forget(link.member);
    this.#spare.attach(link);
  }

  linkUp(member: MemberId): void {
    this.#talk.linkUp(member);
  }

  detach(member: MemberId): void {
    this.#forget(member);
    this.#spare.detach(member);
  }

  /** What a member says. */
  hear(member: MemberId, word: PassingWord): void {
    if (word.type === "route") this.#routes[word.kind].hear(member, word);
    else this.#talk.hear(member, word);
  }

  /** What the frames worker says. */
  take(news: PassingNews): void {
    this.#talk.take(news);
  }

  #forget(member: MemberId): void {
    for (const pace of Object.values(this.#routes)) pace.forget(member);
    this.#talk.linkReplaced(member);
  }

  #settle(): void {
    const agreed = this.#choice === "always" || (this.#choice === "mains" && this.#supply.isPlenty);
    this.#talk.mayPass = agreed && this.#canCarry;
  }
}
