import { describe, expect, it } from "vitest";
import type { Fingerprint } from "../../../core/contract/parts.ts";
import type { SoundTreatment } from "../../../core/contract/settings.ts";
import { MeetingRunner } from "../../../core/meeting/runner.ts";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import { seededRandom } from "../../support/seeded-random.ts";

const SHOW_EVERY_MS = 40;

interface Driven {
  readonly runner: MeetingRunner;
  readonly clock: VirtualClock;
  readonly shown: string[];
  readonly treatments: unknown[];
}

function runner(settings: { readonly sound?: SoundTreatment } = {}): Driven {
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
    ...settings,
  });
  const shown: string[] = [];
  const treatments: unknown[] = [];
  made.subscribe((output) => {
    if (output.channel === "snapshot") treatments.push(output.body.settings.sound);
  });
  made.subscribe((output) => {
    if (output.channel === "snapshot") shown.push(output.body.view.screen === "home" ? output.body.view.invite : "");
  });
  return { runner: made, clock, shown, treatments };
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

  it("goes on with the treatment of sound that was chosen before", () => {
    const sound = { echoCancellation: true, noiseSuppression: false, autoGainControl: true };
    const { runner: meeting, treatments } = runner({ sound });
    meeting.dispatch({ type: "external-invite", link: "any" });
    expect(treatments).toEqual([sound]);
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
