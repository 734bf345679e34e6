import * as v from "valibot";
import { err, ok, type Result } from "../base/result.ts";
import { command, type Command } from "./commands.ts";
import { keyMessage, type KeyMessage } from "./key-messages.ts";
import { mediaDirective, mediaReport, type MediaDirective, type MediaReport } from "./media-messages.ts";
import { snapshot, type Snapshot } from "./snapshots.ts";

/** What goes from the page to the host, on the contract port. All of it is JSON. */
export const downMessage = v.variant("channel", [
  v.strictObject({ channel: v.literal("command"), body: command }),
  v.strictObject({ channel: v.literal("media"), body: mediaReport }),
]);
export type DownMessage =
  { readonly channel: "command"; readonly body: Command } | { readonly channel: "media"; readonly body: MediaReport };

/** What comes from the host to the page, on the contract port. */
export const upMessage = v.variant("channel", [
  v.strictObject({ channel: v.literal("snapshot"), body: snapshot }),
  v.strictObject({ channel: v.literal("media"), body: mediaDirective }),
]);
export type UpMessage =
  | { readonly channel: "snapshot"; readonly body: Snapshot }
  | { readonly channel: "media"; readonly body: MediaDirective };

export interface ContractViolation {
  readonly code: "contract-violation";
  /** Where in the message, and what was expected; never the value itself. */
  readonly where: string;
}

function check<Schema extends v.GenericSchema>(
  schema: Schema,
  message: unknown,
): Result<v.InferOutput<Schema>, ContractViolation> {
  const parsed = v.safeParse(schema, message, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  const issue = parsed.issues[0];
  return err({
    code: "contract-violation",
    where: `${v.getDotPath(issue) ?? ""} ${issue.expected ?? issue.type}`.trim(),
  });
}

/** Checks a message on arrival at the host. What does not fit the contract is refused whole. */
export function checkDown(message: unknown): Result<DownMessage, ContractViolation> {
  return check(downMessage, message);
}

/** Checks a message on arrival at the page. */
export function checkUp(message: unknown): Result<UpMessage, ContractViolation> {
  return check(upMessage, message);
}

/** Checks a message on arrival at the frames worker. */
export function checkKey(message: unknown): Result<KeyMessage, ContractViolation> {
  return check(keyMessage, message);
}
