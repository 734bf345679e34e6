import { basename } from "node:path";
import type { PlacedProof, ProofState } from "./promises.ts";

/** The part of vitest's JSON report that is read here. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly ancestorTitles: readonly string[];
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

/** Turns vitest's report into proofs. A file that failed before its first test counts as one failed proof. */
export function proofsOf(report: VitestReport): PlacedProof[] {
  return report.testResults.flatMap(({ name: path, status, message, assertionResults }) => {
    const file = basename(path);
    if (assertionResults.length === 0 && status === "failed") {
      return [{ file, group: "", name: file, state: "failed" as const, reason: firstLine(message) }];
    }
    return assertionResults.map((test) => {
      const state = stateOf(test.status);
      const group = test.ancestorTitles[0] ?? "";
      return { file, group, name: `${file}: ${test.title}`, state, reason: reasonOf(state, test) };
    });
  });
}

function stateOf(status: string): ProofState {
  if (status === "passed") return "passed";
  return status === "failed" ? "failed" : "skipped";
}

function reasonOf(state: ProofState, test: VitestReport["testResults"][number]["assertionResults"][number]): string {
  if (state === "failed") return firstLine(test.failureMessages?.[0] ?? "it failed without a word");
  // A test that may be skipped says why at the end of its title: "(needs …)".
  return state === "skipped" ? (/\((needs [^)]*)\)$/.exec(test.title)?.[1] ?? "it was skipped here") : "";
}

function firstLine(text: string): string {
  return text.split("\n")[0]?.trim() ?? "";
}
