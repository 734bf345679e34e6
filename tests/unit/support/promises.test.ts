import { expect, test } from "vitest";
import { judge, lineOf, promiseOf } from "../../promises/promises.ts";
import { proofsOf } from "../../promises/vitest-report.ts";

const passed = { file: "works-cut-off.call.test.ts", group: "", name: "a", state: "passed", reason: "" } as const;
const skipped = {
  file: "works-cut-off.call.test.ts",
  group: "",
  name: "b",
  state: "skipped",
  reason: "needs root",
} as const;
const failed = {
  file: "works-cut-off.mesh.test.ts",
  group: "",
  name: "c",
  state: "failed",
  reason: "it rang",
} as const;

const stateOf = (...proofs: Parameters<typeof judge>[0]) =>
  judge(proofs).find(({ promise }) => promise === "works-cut-off")?.state;

test("a promise is kept by a proof that passed, broken by one that failed, and unproven without either", () => {
  expect(stateOf(passed, skipped)).toBe("kept");
  expect(stateOf(passed, failed)).toBe("broken");
  expect(stateOf(skipped)).toBe("unproven");
  expect(stateOf()).toBe("unproven");
});

test("every promise gets a line, and one that is not kept says why", () => {
  const lines = judge([passed]).map(lineOf);
  expect(lines).toHaveLength(9);
  expect(lines).toContain("PROMISE works-cut-off kept");
  expect(lines).toContain("PROMISE nobody-can-end-it unproven (no proof is written yet)");
  expect(judge([skipped]).map(lineOf)).toContain("PROMISE works-cut-off unproven (b: needs root)");
});

test("a proof file is known by the first part of its name", () => {
  expect(promiseOf("/some/where/only-members-hear.call.test.ts")).toBe("only-members-hear");
  expect(promiseOf("only-members-hear-this.call.test.ts")).toBeNull();
});

test("in a file that names no promise each group of tests does", () => {
  const shared = { ...passed, file: "one-call.test.ts" };
  expect(stateOf({ ...shared, group: "works-cut-off" })).toBe("kept");
  expect(stateOf({ ...shared, group: "strangers-see-nothing" })).toBe("unproven");
  expect(stateOf(shared)).toBe("unproven");
  const ancestorTitles = ["works-cut-off", "deeper"];
  const assertionResults = [{ ancestorTitles, title: "it", status: "passed", failureMessages: null }];
  const report = { testResults: [{ name: "/x/one-call.test.ts", status: "passed", message: "", assertionResults }] };
  expect(proofsOf(report)).toMatchObject([{ file: "one-call.test.ts", group: "works-cut-off", state: "passed" }]);
});

test("what fails and names no promise breaks all of them: nobody knows which it was to show", () => {
  const nameless = { ...failed, file: "one-call.test.ts", group: "" };
  expect(judge([passed, nameless]).map(({ state }) => state)).toEqual(Array.from({ length: 9 }, () => "broken"));
});

test("a file that breaks before its first test is a failed proof", () => {
  const report = {
    testResults: [
      { name: "/x/works-cut-off.call.test.ts", status: "failed", message: "no such module\nat", assertionResults: [] },
    ],
  };
  expect(proofsOf(report)).toMatchObject([{ state: "failed", reason: "no such module" }]);
});

test("a skipped test says in its title what it needs", () => {
  const skips = [
    { ancestorTitles: [], title: "no name is asked for (needs strace)", status: "skipped", failureMessages: null },
  ];
  const report = {
    testResults: [{ name: "/x/works-cut-off.call.test.ts", status: "passed", message: "", assertionResults: skips }],
  };
  expect(proofsOf(report)).toMatchObject([{ state: "skipped", reason: "needs strace" }]);
});
