import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Slots } from "../../../../core/media/slots.ts";
import { Incoming } from "../../../../renderer/rtc/incoming.ts";
import { ANN, BEN } from "../frames/keys.ts";

class Stream {
  readonly #tracks = new Set<unknown>();
  addTrack(track: unknown): void {
    this.#tracks.add(track);
  }
  removeTrack(track: unknown): void {
    this.#tracks.delete(track);
  }
  getTracks(): unknown[] {
    return [...this.#tracks];
  }
}

beforeEach(() => void vi.stubGlobal("MediaStream", Stream));
afterEach(() => void vi.unstubAllGlobals());

function slotsOf(link: string): Slots {
  const kinds = ["microphone", "camera", "screen", "passed-0", "passed-1"];
  return Object.fromEntries(kinds.map((kind) => [kind, { receiver: { track: `${link} ${kind}` } }])) as never;
}

test("what a member passes on is shown from the link that takes the place of its own", () => {
  const incoming = new Incoming();
  incoming.attach(ANN, slotsOf("Ann"));
  incoming.attach(BEN, slotsOf("Ben"));
  incoming.setSource({ origin: ANN, kind: "camera" }, { by: BEN, slot: 1 });
  expect(incoming.of(ANN).camera?.getTracks()).toEqual(["Ben passed-1"]);
  incoming.attach(BEN, slotsOf("Ben again"));
  expect(incoming.of(ANN).camera?.getTracks()).toEqual(["Ben again passed-1"]);
  incoming.setSource({ origin: ANN, kind: "camera" }, null);
  expect(incoming.of(ANN).camera?.getTracks()).toEqual(["Ann camera"]);
});
