import type { MemberId } from "../../core/contract/parts.ts";
import type { FrameCounts, StreamKind, TransformOptions } from "./messages.ts";

/** Running counts of one member and kind. */
export type Tally = { -readonly [Count in Exclude<keyof FrameCounts, "member" | "kind">]: FrameCounts[Count] };

/** Nothing counted yet. */
export function emptyTally(): Tally {
  return { sealed: 0, unsealed: 0, opened: 0, dropped: 0, forged: 0, keyless: 0, repeated: 0, epoch: 0 };
}

interface MemberTallies {
  generation: number;
  readonly kinds: Map<StreamKind, Tally>;
}

/** Counts by member and kind. A link of a higher generation starts from zero. */
export class Counts {
  readonly #members = new Map<MemberId, MemberTallies>();

  tallyFor(options: Pick<TransformOptions, "member" | "generation" | "kind">): Tally {
    let member = this.#members.get(options.member);
    if (member === undefined || member.generation < options.generation) {
      member = { generation: options.generation, kinds: new Map() };
      this.#members.set(options.member, member);
    }
    // A transform of a link that was replaced goes on counting where nobody reads.
    if (member.generation > options.generation) return emptyTally();
    const known = member.kinds.get(options.kind);
    if (known !== undefined) return known;
    const tally = emptyTally();
    member.kinds.set(options.kind, tally);
    return tally;
  }

  forget(member: MemberId): void {
    this.#members.delete(member);
  }

  all(): FrameCounts[] {
    return [...this.#members].flatMap(([member, { kinds }]) =>
      [...kinds].map(([kind, tally]) => ({ member, kind, ...tally })),
    );
  }
}
