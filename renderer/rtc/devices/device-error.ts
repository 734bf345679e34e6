import type { DeviceProblem } from "../call-media.ts";

const PROBLEMS: ReadonlyMap<string, DeviceProblem> = new Map([
  ["NotAllowedError", "refused"],
  ["SecurityError", "refused"],
  ["NotReadableError", "busy"],
  ["AbortError", "busy"],
  ["NotFoundError", "none-found"],
  // A chosen device that is not there any more.
  ["OverconstrainedError", "unplugged"],
]);

/** What the failure of getUserMedia means for the person (Media Capture and Streams, section 10.2). */
export function deviceProblem(cause: unknown): DeviceProblem {
  return cause instanceof Error || cause instanceof DOMException ? (PROBLEMS.get(cause.name) ?? "failed") : "failed";
}

/** The same for screen sharing. Null when the person closed the picker: that is no problem, only a no. */
export function screenProblem(cause: unknown): DeviceProblem | null {
  const problem = deviceProblem(cause);
  return problem === "refused" && cause instanceof Error && !/system/i.test(cause.message) ? null : problem;
}
