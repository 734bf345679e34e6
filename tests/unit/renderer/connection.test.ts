import { expect, test } from "vitest";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { connectionOf } from "../../../renderer/features/call/connection.ts";
import { sampleParticipant } from "../../support/scenes.ts";

test.each<readonly [Partial<Participant>, ReturnType<typeof connectionOf>]>([
  [{ self: true }, null],
  [{}, "direct"],
  [{ path: "relayed" }, "relayed"],
  [{ link: "connecting" }, "connecting"],
  [{ link: "lost" }, "lost"],
  [{ link: "lost", away: true }, "away"],
  [{ link: "connecting", away: true }, "away"],
  [{ away: true }, "direct"],
])("%o is %s", (changes, connection) => {
  expect(connectionOf(sampleParticipant(1, changes))).toBe(connection);
});
