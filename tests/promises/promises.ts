/**
 * The promises of the app, in the order in which its documents give them. A proof is a test in a file named `<promise>.<part>.test.ts`;
 * in a file of another name, where one call shows several promises, one in a `describe` named after the promise.
 */
export const promises = [
  "only-members-hear",
  "nobody-is-added-silently",
  "nobody-else-is-contacted",
  "nobody-can-end-it",
  "one-person-can-be-removed",
  "removal-is-answerable",
  "strangers-see-nothing",
  "no-account-no-trail",
  "works-cut-off",
] as const;

export type PromiseName = (typeof promises)[number];

export type ProofState = "passed" | "failed" | "skipped";

/** One test of one proof file. */
export interface Proof {
  /** The file's name, then the test's. */
  readonly name: string;
  readonly state: ProofState;
  /** Why it was skipped or failed; empty when it passed. */
  readonly reason: string;
}

export interface PromiseReport {
  readonly promise: PromiseName;
  readonly state: "kept" | "broken" | "unproven";
  readonly proofs: readonly Proof[];
}

/** A proof, and where it stands. */
export interface PlacedProof extends Proof {
  readonly file: string;
  /** The title of the outermost `describe` around it; empty if there is none. */
  readonly group: string;
}

/**
 * Judges each promise by its proofs: broken when any failed; kept when at least one passed and none failed;
 * unproven when there are none or all were skipped. What failed and names no promise may have been a proof of any: it breaks all.
 */
export function judge(proofs: readonly PlacedProof[]): PromiseReport[] {
  return promises.map((promise) => {
    const own = proofs
      .filter((proof) => {
        const named = promiseOf(proof.file) ?? promiseOf(proof.group);
        return named === promise || (named === null && proof.state === "failed");
      })
      .map(({ name, state, reason }) => ({ name, state, reason }));
    return { promise, state: stateOf(own), proofs: own };
  });
}

function stateOf(proofs: readonly Proof[]): PromiseReport["state"] {
  if (proofs.some(({ state }) => state === "failed")) return "broken";
  return proofs.some(({ state }) => state === "passed") ? "kept" : "unproven";
}

/** The promise that a proof file or a group of tests is named after; null for one that names none. */
export function promiseOf(title: string): PromiseName | null {
  const [name] = (title.split(/[\\/]/).at(-1) ?? "").split(".");
  return promises.find((promise) => promise === name) ?? null;
}

/** The line that is printed for one promise. */
export function lineOf({ promise, state, proofs }: PromiseReport): string {
  const line = `PROMISE ${promise} ${state}`;
  const reasons = [
    ...new Set(proofs.filter(({ state: proof }) => proof !== "passed").map(({ name, reason }) => `${name}: ${reason}`)),
  ];
  if (state === "kept") return line;
  return `${line} (${reasons.length === 0 ? "no proof is written yet" : reasons.join("; ")})`;
}
