import { describe, expect, it } from "vitest";
import type { Fingerprint } from "../../../core/contract/parts.ts";
import { MeetingRunner } from "../../../core/meeting/runner.ts";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import { seededRandom } from "../../support/seeded-random.ts";

const SHOW_EVERY_MS = 40;

function runner(): { runner: MeetingRunner; clock: VirtualClock; shown: string[] } {
  const clock = new VirtualClock();
  const made = new MeetingRunner({
    clock,
    random: seededRandom(1),
    createMesh: () => Promise.reject(new Error("no network here")),
    showEveryMs: SHOW_EVERY_MS,
    reportDefect: (defect) => {
      throw defect instanceof Error ? defect : new Error(String(defect));
    },
    network: { relays: [], localDiscovery: false },
  });
  const shown: string[] = [];
  made.subscribe((output) => {
    if (output.channel === "snapshot") shown.push(output.body.view.screen === "home" ? output.body.view.invite : "");
  });
  return { runner: made, clock, shown };
}

describe("the runner", () => {
  it("shows what happens outside together, and loses nothing of it", () => {
    const { runner: meeting, clock, shown } = runner();
    for (let link = 0; link < 100; link++) meeting.dispatch({ type: "external-invite", link: String(link) });
    expect(shown).toEqual(["0"]);
    clock.advance(SHOW_EVERY_MS);
    expect(shown).toEqual(["0", "99"]);
  });

  it("shows what the person did at once", () => {
    const { runner: meeting, shown } = runner();
    meeting.dispatch({ type: "external-invite", link: "first" });
    meeting.dispatch({ type: "external-invite", link: "second" });
    meeting.dispatch({ type: "command", command: { type: "dismiss-problem" } });
    expect(shown).toEqual(["first", "second"]);
  });

  it("says that there is no network when the mesh cannot be had", async () => {
    const { runner: meeting, clock } = runner();
    const problems: (string | null)[] = [];
    meeting.subscribe((output) => {
      if (output.channel === "snapshot") problems.push(output.body.problem);
    });
    const fingerprint = "0".repeat(64) as Fingerprint;
    meeting.dispatch({ type: "command", command: { type: "attach", fingerprint } });
    meeting.dispatch({ type: "command", command: { type: "start-meeting", name: "Anna", admission: "invite" } });
    await clock.run(SHOW_EVERY_MS);
    expect(problems.at(-1)).toBe("no-network");
  });
});
