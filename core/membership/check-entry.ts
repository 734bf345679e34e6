import { VigilError } from "../base/errors.ts";
import { memberIdOf } from "../base/member-id.ts";
import { err, ok, type Result } from "../base/result.ts";
import { checkAdmissionRequest } from "./admission.ts";
import { checkAppeal } from "./appeal.ts";
import { readCapability } from "./capability.ts";
import { type EntryError, isSignatureValid, type SignedEntry } from "./entry.ts";
import type { CheckedAdmission, CheckedEntry } from "./log-store.ts";

/** Checks every signature in an entry. What it says may still not count: that is for the rules. */
export function checkEntry(signed: SignedEntry): Result<CheckedEntry, EntryError> {
  return isSignatureValid(signed) ? checkContent(signed) : err(forged());
}

/** Checks what an entry carries inside, for one that this client has just signed itself. */
export function checkContent(signed: SignedEntry): Result<CheckedEntry, EntryError> {
  const author = memberIdOf(signed.entry.author);
  const { meetingId, body } = signed.entry;
  if (body.type === "admit") {
    const admission = checkAdmission(meetingId, body);
    return admission === null ? err(forged()) : ok({ ...signed, author, admission, appeal: null });
  }
  if (body.type !== "appeal") return ok({ ...signed, author, admission: null, appeal: null });
  const appeal = checkAppeal(body.appeal, meetingId);
  return appeal.ok ? ok({ ...signed, author, admission: null, appeal: appeal.value }) : err(forged());
}

function forged(): EntryError {
  return new VigilError("entry-forged", "peer");
}

function checkAdmission(
  meetingId: Uint8Array,
  body: { readonly request: Uint8Array; readonly capability: Uint8Array },
): CheckedAdmission | null {
  const request = checkAdmissionRequest(body.request, meetingId);
  const capability = readCapability(body.capability, meetingId);
  return request.ok && capability.ok ? { request: request.value, capability: capability.value } : null;
}
