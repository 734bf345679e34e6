import fc from "fast-check";
import { expect, it } from "vitest";
import type { MemberId } from "../../../core/contract/parts.ts";
import { nextSpeaker, NOBODY, STAYS_MS, type SpeakerState } from "../../../renderer/features/call/layout/speaker.ts";
import { sampleMember } from "../../support/scenes.ts";

const [ANA, BEN, CHI] = [sampleMember(1), sampleMember(2), sampleMember(3)];
const EVERY_MS = 250;

type Levels = Partial<Record<"ana" | "ben" | "chi", number>>;

/** Somebody listens for so long to who is how loud at each moment; gives who was found to speak, change by change. */
class Listener {
  state: SpeakerState = NOBODY;
  now = 0;
  readonly changes: { readonly speaker: MemberId | null; readonly at: number }[] = [];

  hear(ms: number, levels: Levels | ((at: number) => Levels)): void {
    for (let passed = 0; passed < ms; passed += EVERY_MS) {
      this.now += EVERY_MS;
      const { ana = 0, ben = 0, chi = 0 } = typeof levels === "function" ? levels(this.now) : levels;
      const heard = new Map([
        [ANA, ana],
        [BEN, ben],
        [CHI, chi],
      ]);
      const next = nextSpeaker(this.state, heard, this.now);
      if (next.speaker !== this.state.speaker) this.changes.push({ speaker: next.speaker, at: this.now });
      this.state = next;
    }
  }
}

it("is nobody while all are silent, and whoever speaks first soon after they begin", () => {
  const listener = new Listener();
  listener.hear(3_000, {});
  expect(listener.state.speaker).toBeNull();
  listener.hear(500, { ben: 0.3 });
  expect(listener.state.speaker).toBe(BEN);
});

it("goes over to who speaks next, and stays with the last through silence", () => {
  const listener = new Listener();
  listener.hear(5_000, { ben: 0.3 });
  listener.hear(2_500, { chi: 0.3 });
  expect(listener.state.speaker).toBe(CHI);
  listener.hear(60_000, {});
  expect(listener.changes.map(({ speaker }) => speaker)).toEqual([BEN, CHI]);
});

it("is not taken over by a cough, an echo or a short yes", () => {
  const listener = new Listener();
  listener.hear(5_000, { ben: 0.3 });
  listener.hear(250, { ben: 0.2, chi: 0.9 });
  listener.hear(3_000, { ben: 0.3, chi: 0.05 });
  listener.hear(500, { chi: 0.3 });
  listener.hear(3_000, { ben: 0.3 });
  expect(listener.changes.map(({ speaker }) => speaker)).toEqual([BEN]);
});

it("does not flicker between two who speak at once", () => {
  const listener = new Listener();
  listener.hear(60_000, (at) => ({ ben: at % 500 === 0 ? 0.3 : 0.1, chi: at % 500 === 0 ? 0.1 : 0.3 }));
  expect(listener.changes).toHaveLength(1);
});

it("is found also after a level that cannot be", () => {
  const listener = new Listener();
  listener.hear(EVERY_MS, { ben: Number.NaN, chi: Number.POSITIVE_INFINITY });
  listener.hear(2_000, { ben: 0.3 });
  expect(listener.state.speaker).toBe(BEN);
});

it("is given up at once when they leave", () => {
  const listener = new Listener();
  listener.hear(2_000, { ben: 0.4, ana: 0.2 });
  const left = nextSpeaker(listener.state, new Map([[ANA, 0.2]]), listener.now + EVERY_MS);
  expect(left.speaker).toBe(ANA);
});

it("changes no more often than it may, whatever is heard", () => {
  const level = fc.oneof(fc.double({ min: 0, max: 1 }), fc.constantFrom(Number.NaN, -1, 50, Number.POSITIVE_INFINITY));
  fc.assert(
    fc.property(fc.array(fc.record({ ana: level, ben: level, chi: level }), { maxLength: 200 }), (heard) => {
      const listener = new Listener();
      for (const levels of heard) listener.hear(EVERY_MS, levels);
      for (const [index, { at }] of listener.changes.entries()) {
        const before = listener.changes[index - 1];
        if (before !== undefined) expect(at - before.at).toBeGreaterThanOrEqual(STAYS_MS);
      }
    }),
  );
});
