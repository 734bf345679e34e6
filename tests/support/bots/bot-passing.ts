import { fromBase64Url } from "../../../core/base/bytes.ts";
import { Emitter } from "../../../core/base/emitter.ts";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Passed } from "../../../core/contract/passing.ts";
import { createFrameVerifier } from "../../../core/crypto/frame-signing.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { PassedPicture } from "../../../renderer/frames/messages.ts";
import type { Keyring } from "../../../renderer/frames/keyring.ts";
import { Arrivals } from "../../../renderer/frames/passing/arrivals.ts";
import type { SealedPicture } from "../../../renderer/frames/pictures/carrier.ts";
import { type PassingOrder, PassingTalk, type PassingWord } from "../../../renderer/rtc/passing-talk.ts";

/** How often it looks whether what should come does, in ms: as often as the frames worker. */
const LOOK_EVERY_MS = 100;

/** What a bot does with each picture that it is to pass on; a hostile one gives others, late, or none. */
export type PassOn = (picture: SealedPicture, give: (picture: SealedPicture) => void) => void;

export interface BotPassingOptions {
  readonly clock: Clock;
  readonly keyring: Keyring;
  /** What it says that it can pass on, in bit/s. */
  readonly room: number;
  readonly say: (member: MemberId, word: PassingWord) => void;
  /** Puts a picture onto a spare stream of the link to a member. */
  readonly send: (to: MemberId, slot: number, picture: SealedPicture) => void;
}

/** A picture that a page would show. */
interface ShownPicture {
  readonly of: Passed;
  readonly picture: SealedPicture;
}

interface Branch {
  readonly to: MemberId;
  readonly slot: number;
  readonly of: Passed;
  /** Until a key frame nothing makes sense there. */
  begun: boolean;
}

/** A bot's part in passing on: in the same rooms as the page and the frames worker. */
export class BotPassing {
  readonly arrivals: Arrivals;
  readonly talk: PassingTalk;
  readonly shown = new Emitter<ShownPicture>();
  /** To be replaced by tests. */
  passOn: PassOn = (picture, give) => give(picture);
  readonly #options: BotPassingOptions;
  #branches: readonly Branch[] = [];

  constructor(options: BotPassingOptions) {
    const { clock, keyring, room, say } = options;
    this.#options = options;
    this.arrivals = new Arrivals({
      keyring,
      elapsed: () => clock.elapsed(),
      onArrival: (origin, arrival) => this.talk.take({ type: "arrival", origin, arrival }),
      onSource: () => undefined,
      onPicture: (of, picture) => {
        this.shown.emit({ of, picture });
        this.#give(of, picture);
      },
    });
    this.talk = new PassingTalk({ say, order: (order) => this.#obey(order), use: () => true });
    this.offer(room);
  }

  /** From now on it says that it can pass on so much, in bit/s. */
  offer(room: number): void {
    this.talk.take({ type: "room", bitsPerSecond: room });
    this.talk.mayPass = room > 0;
  }

  /** Begins to look; the timers end with the bot. */
  watch(every: (ms: number, act: () => void) => void): void {
    every(LOOK_EVERY_MS, () => this.arrivals.check());
  }

  /** Whose pictures come by others. */
  passed(): readonly PassedPicture[] {
    return this.arrivals.passed();
  }

  /** To whom it passes on. */
  get branches(): readonly Pick<Branch, "to" | "of">[] {
    return this.#branches;
  }

  #obey(order: PassingOrder): void {
    switch (order.type) {
      case "frame-key":
        return void this.#setKey(order.member, order.key);
      case "route":
        return this.arrivals.setRoute(order.origin, order.route);
      case "comes":
        return this.arrivals.setSlot(order, order.of);
      case "goes-on":
        return this.#goOn(order);
      default:
        // It sends to everybody itself, and so has no use for others' room.
        return;
    }
  }

  #goOn({ member: to, slot, of }: Extract<PassingOrder, { type: "goes-on" }>): void {
    this.#branches = this.#branches.filter((branch) => branch.to !== to || branch.slot !== slot);
    if (of === null) return;
    this.#branches = [...this.#branches, { to, slot, of, begun: false }];
    this.arrivals.askKeyFrame(of);
  }

  #give(passed: Passed, picture: SealedPicture): void {
    for (const branch of this.#branches) {
      if (branch.of.origin !== passed.origin || branch.of.kind !== passed.kind) continue;
      branch.begun ||= picture.isKeyFrame;
      if (branch.begun) this.passOn(picture, (given) => this.#options.send(branch.to, branch.slot, given));
    }
  }

  async #setKey(member: MemberId, key: string): Promise<void> {
    const verifier = await createFrameVerifier(fromBase64Url(key) ?? new Uint8Array(0));
    if (verifier !== null) this.arrivals.setVerifier(member, verifier);
  }
}
