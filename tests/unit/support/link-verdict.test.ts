import { expect, test } from "vitest";
import type { MemberId } from "../../../core/contract/parts.ts";
import { faultsOf, linkRuns, type Observation } from "../../bench/link-verdict.ts";
import type { NamedLink } from "../../support/link-figures.ts";
import { sampleLink } from "../../support/sample-statistics.ts";

const code = "123456789012345678901234567890";

function linkTo(to: string, counts: Partial<NamedLink> = {}): NamedLink {
  return {
    to,
    ...sampleLink(to as MemberId),
    audioPackets: 0,
    videoFrames: 0,
    videoFramesPerSecond: 12,
    videoWidth: 320,
    videoHeight: 180,
    framesOpened: 0,
    framesDropped: 0,
    framesSealed: 0,
    ...counts,
  };
}

function observed(name: string, other: string, change: Partial<Observation> = {}): Observation {
  return {
    name,
    pid: 1,
    meetingCode: code,
    before: [linkTo(other)],
    after: [linkTo(other, { audioPackets: 500, videoFrames: 120, framesOpened: 620 })],
    seconds: 10,
    loudest: [0.2],
    ...change,
  };
}

const good = observed("Ben", "Ana");
const faultsWith = (change: Partial<Observation>): string[] => faultsOf([observed("Ana", "Ben", change), good]);
const after = (counts: Partial<NamedLink>) => ({
  after: [{ ...linkTo("Ben", { audioPackets: 500, videoFrames: 120, framesOpened: 620 }), ...counts }],
});

test("a call in which both see and hear each other has no faults", () => {
  expect(faultsWith({})).toEqual([]);
  expect(linkRuns(good)).toMatchObject([{ from: "Ben", to: "Ana", framesPerSecond: 12, packetsPerSecond: 50 }]);
});

test.each([
  ["a missing link", { after: [] }, "there is no link"],
  ["a picture that stands still", after({ videoFrames: 3 }), "frames a second"],
  ["sound that stops", after({ audioPackets: 20 }), "packets of sound"],
  ["a lost link", after({ state: "lost" }), "the link is lost"],
  ["frames that do not open", after({ framesDropped: 100 }), "frames dropped"],
  ["frames that were never sealed", after({ framesOpened: 0 }), "no sealed frame was opened"],
  ["silence", { loudest: [0] }, "silence"],
  ["another meeting code", { meetingCode: code.replace("1", "2") }, "the meeting codes differ"],
  ["no meeting code", { meetingCode: "" }, "no meeting code"],
])("%s is a fault", (_, change, words) => {
  expect(faultsWith(change).join("\n")).toContain(words);
});
