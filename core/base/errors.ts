/**
 * Who must do something about an error.
 * `user`: the person typed or chose something that cannot work. `peer`: another member's client misbehaved.
 * `network`: the path between. `device`: camera, microphone or disk here. `defect`: a bug of ours.
 */
export type Fault = "user" | "peer" | "network" | "device" | "defect";

/** An error with a stable code for the screen to translate, a fault and a cause. Its message is for developers and holds no secret. */
export class VigilError<Code extends string = string> extends Error {
  override readonly name = "VigilError";
  readonly code: Code;
  readonly fault: Fault;

  constructor(code: Code, fault: Fault, options: { message?: string; cause?: unknown } = {}) {
    super(options.message ?? code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fault = fault;
  }
}

/** Marks a branch that types say cannot be reached; reaching it is a defect. */
export function unreachable(value: never): never {
  throw new VigilError("unreachable", "defect", { message: `unreachable: ${typeof value}` });
}
