import { describe, expect, it } from "vitest";
import type { Command, MeetingCommand } from "../../../core/contract/commands.ts";
import type { Fingerprint, MemberId } from "../../../core/contract/parts.ts";
import { project } from "../../../core/meeting/project.ts";
import { initialState, type MeetingState } from "../../../core/meeting/state.ts";
import { step } from "../../../core/meeting/step.ts";
import { seededRandom } from "../../support/seeded-random.ts";

const random = seededRandom(1);

function after(state: MeetingState, ...commands: readonly MeetingCommand[]): MeetingState {
  for (const command of commands) step(state, { type: "command", command }, { now: 1, elapsed: 1, random });
  return state;
}

/** A call of one. */
function inCall(): MeetingState {
  const fingerprint = "0".repeat(64) as Fingerprint;
  const media = { microphone: false, camera: false, screen: false };
  return after(
    initialState(),
    { type: "attach", fingerprint },
    { type: "start-meeting", name: "Ada", admission: "invite" },
    { type: "enter-meeting", name: "Ada", media },
  );
}

const exportRecord: Command = { type: "export-record" };

describe("a record that was asked for", () => {
  it("is in the snapshot until the page has taken it, or another page comes", () => {
    const state = after(inCall(), exportRecord);
    expect(project(state).view).toMatchObject({ record: expect.stringMatching(/^[A-Za-z0-9_-]+$/) as string });
    expect(project(after(state, { type: "take-record" })).view).toMatchObject({ record: null });
    after(state, exportRecord, { type: "attach", fingerprint: "1".repeat(64) as Fingerprint });
    expect(project(state).view).toMatchObject({ record: null });
  });

  it("is refused in words when it would be larger than anybody reads", () => {
    const state = inCall();
    const { session } = state;
    if (session === null) throw new Error("no meeting");
    for (let who = 0; who < 70_000; who++) {
      const member = String(who).padStart(43, "A") as MemberId;
      session.names.set(member, "Somebody");
      session.recordNames.set(member, { name: "Somebody", statement: new Uint8Array(500) });
    }
    after(state, exportRecord);
    expect(state.problem).toBe("record-too-long");
    expect(session.record).toBeNull();
  });
});
