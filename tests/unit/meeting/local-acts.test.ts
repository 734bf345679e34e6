import { expect, it } from "vitest";
import type { MeetingCommand } from "../../../core/contract/commands.ts";
import { noActs, type LocalActs } from "../../../core/contract/local-acts.ts";
import type { Fingerprint } from "../../../core/contract/parts.ts";
import { project } from "../../../core/meeting/project.ts";
import { initialState } from "../../../core/meeting/state.ts";
import { step } from "../../../core/meeting/step.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { sampleMember } from "../../support/scenes.ts";

const random = seededRandom(1);
const SILENT = { microphone: false, camera: false, screen: false };
const ACTS: LocalActs = { showNewcomers: true, chosen: [{ act: "mute", member: sampleMember(1), on: true }] };

it("what one does about others is kept for the next page, causes nothing else, and ends with the call", () => {
  const state = initialState();
  const take = (command: MeetingCommand): readonly { readonly type: string }[] =>
    step(state, { type: "command", command }, { now: 1, elapsed: 1, random }).effects;
  const start = (): void => {
    take({ type: "start-meeting", name: "Ada", admission: "invite" });
    take({ type: "enter-meeting", name: "Ada", media: SILENT });
  };
  take({ type: "attach", fingerprint: "0".repeat(64) as Fingerprint });
  start();
  expect(project(state).view).toMatchObject({ acts: noActs });
  expect(take({ type: "keep-acts", acts: ACTS })).toEqual([]);
  take({ type: "attach", fingerprint: "1".repeat(64) as Fingerprint });
  expect(project(state).view).toMatchObject({ acts: ACTS });
  take({ type: "leave" });
  expect(JSON.stringify(project(state).view)).not.toContain("mute");
  take({ type: "leave" });
  start();
  expect(project(state).view).toMatchObject({ acts: noActs });
});
