import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** Counts what happened and writes it as JSON to the file that VIGIL_TALLY names. A file that cannot be loaded counts as one failed test. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env["VIGIL_TALLY"];
    if (file === undefined) return;
    let passed = 0;
    let failed = unhandled.length;
    const skipped: { name: string; reason: string }[] = [];
    for (const module of modules) {
      if (module.state() === "failed" && module.errors().length > 0) failed++;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") passed++;
        else if (result.state === "failed") failed++;
        else skipped.push({ name: `${module.relativeModuleId}: ${test.fullName}`, reason: reasonOf(result) });
      }
    }
    const tally: Tally = { passed, failed, skipped };
    writeFileSync(file, JSON.stringify(tally));
  }
}

function reasonOf(result: { readonly state: string; readonly note?: string | undefined }): string {
  return result.note ?? (result.state === "pending" ? "it never ran" : "no reason given");
}
