import { fromBase64Url, toBase64Url } from "../../../core/base/bytes.ts";
import type { Ending } from "../../../core/base/scope.ts";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Passed } from "../../../core/contract/passing.ts";
import { createFrameSigner, createFrameVerifier, type FrameSigner } from "../../../core/crypto/frame-signing.ts";
import type { Keyring } from "../keyring.ts";
import type { PageMessage, WorkerMessage } from "../messages.ts";
import { Arrivals } from "./arrivals.ts";
import { Onward } from "./onward.ts";

/** Room is told anew when it has changed by this share, or is there or gone. */
const ROOM_STEP = 0.25;

type PassingMessage = Extract<PageMessage, { type: "frame-key" | "route" | "comes" | "goes-on" }>;

export interface PassingOptions {
  readonly keyring: Keyring;
  readonly elapsed: () => number;
  readonly after: (ms: number, then: () => void) => Ending;
  readonly tellPage: (message: WorkerMessage) => void;
}

/** Others' pictures that come by somebody else, and those that go on from here. */
export class Passing {
  readonly arrivals: Arrivals;
  readonly onward: Onward;
  readonly #tellPage: (message: WorkerMessage) => void;
  #signer: FrameSigner | null = null;
  #room = 0;

  constructor({ keyring, elapsed, after, tellPage }: PassingOptions) {
    this.#tellPage = tellPage;
    this.arrivals = new Arrivals({
      keyring,
      elapsed,
      onArrival: (origin, arrival) => tellPage({ type: "arrival", origin, arrival }),
      onSource: (of, source) => tellPage({ type: "source", of, source }),
      onPicture: (passed, picture) => this.onward.give(passed, picture),
    });
    this.onward = new Onward({ after, askKeyFrame: (passed: Passed) => this.arrivals.askKeyFrame(passed) });
    // Without a signature of one's own nobody is asked to pass on.
    createFrameSigner().then(
      (signer) => {
        this.#signer = signer;
        tellPage({ type: "frame-key", key: toBase64Url(signer.publicKey) });
      },
      () => undefined,
    );
  }

  /** Null until there is a key, and where the platform has none. */
  get signer(): FrameSigner | null {
    return this.#signer;
  }

  obey(message: PassingMessage): void {
    switch (message.type) {
      case "frame-key":
        return void this.#setKey(message.member, message.key);
      case "route":
        return this.arrivals.setRoute(message.origin, message.route);
      case "comes":
        return this.arrivals.setSlot(message, message.of);
      case "goes-on":
        return this.onward.carry(message, message.of);
    }
  }

  /** To be called some ten times a second, with what one's links have left. */
  check(room: number): void {
    this.arrivals.check();
    const isNews = Math.abs(room - this.#room) > ROOM_STEP * Math.max(room, this.#room);
    if (!isNews) return;
    this.#room = room;
    this.#tellPage({ type: "room", bitsPerSecond: Math.round(room) });
  }

  forget(member: MemberId): void {
    this.arrivals.forget(member);
    this.onward.forget(member);
  }

  async #setKey(member: MemberId, key: string): Promise<void> {
    const bytes = fromBase64Url(key);
    const verifier = bytes === null ? null : await createFrameVerifier(bytes);
    if (verifier !== null) this.arrivals.setVerifier(member, verifier);
  }
}
