import * as v from "valibot";

/** Everything that can go wrong and that a person must be told. The page's catalogue has a text for each. */
export const problemCodes = [
  "invite-empty",
  "invite-not-an-invite",
  "invite-truncated",
  "invite-altered",
  "invite-too-new",
  "invite-too-long",
  "invite-expired",
  "invite-used-up",
  "invite-revoked",
  "admission-refused",
  "meeting-full",
  "meeting-locked",
  "name-empty",
  "no-network",
  "already-in-a-meeting",
  "profile-unwritable",
  "settings-damaged",
  "record-too-long",
] as const;
export const problemCode = v.picklist(problemCodes);
export type ProblemCode = v.InferOutput<typeof problemCode>;
