import type { MemberId } from "../../core/contract/parts.ts";
import type { Tally } from "./counts.ts";
import type { EncodedFrame, FrameHandler } from "./frame-stream.ts";

/** On whose links frames may go out, as the host says. Nobody's before it has said anything. */
export class Recipients {
  #members: ReadonlySet<MemberId> = new Set();

  /** From now on these and nobody else. */
  set(members: readonly MemberId[]): void {
    this.#members = new Set(members);
  }

  has(member: MemberId): boolean {
    return this.#members.has(member);
  }
}

interface OutgoingOptions<Frame extends EncodedFrame> {
  readonly member: MemberId;
  readonly recipients: Recipients;
  readonly handler: FrameHandler<Frame>;
  readonly tally: Tally;
}

/**
 * Lets frames out on the link to one member only while the host names that member. The page closes the link of somebody who is out
 * when it comes to it; nothing is sent there any more from the moment that this worker has heard of it.
 */
export class OutgoingFrames<Frame extends EncodedFrame> implements FrameHandler<Frame> {
  readonly #options: OutgoingOptions<Frame>;

  constructor(options: OutgoingOptions<Frame>) {
    this.#options = options;
  }

  async handle(frame: Frame, turn?: Promise<void>): Promise<boolean> {
    const { handler } = this.#options;
    if (!this.#mayGo()) return false;
    const passes = await handler.handle(frame, turn);
    // Sealing takes a moment, and so do the frames before this one: what was said meanwhile counts.
    await turn;
    return passes && this.#mayGo();
  }

  lost(): void {
    this.#options.handler.lost();
  }

  #mayGo(): boolean {
    const { member, recipients, tally } = this.#options;
    if (recipients.has(member)) return true;
    tally.unsealed++;
    return false;
  }
}
