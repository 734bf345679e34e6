import type { ProblemCode } from "../../../core/contract/problems.ts";

/** Where on the home screen a problem is told: beside the field it is about, or at the top. */
export function fieldOf(problem: ProblemCode | null): "name" | "invite" | null {
  if (problem === "name-empty") return "name";
  return problem?.startsWith("invite-") === true ? "invite" : null;
}
