import { VigilError } from "../base/errors.ts";
import { err, type Result } from "../base/result.ts";
import type { Roster } from "./roster.ts";
import { type Capability, readCapability } from "./capability.ts";
import { capabilityKey } from "./facts.ts";

type CapabilityErrorCode = "invite-not-an-invite" | "invite-expired" | "invite-used-up" | "invite-revoked";

interface CapabilityContext {
  readonly meetingId: Uint8Array;
  readonly roster: Roster;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** Whether somebody may be let in by this capability now: the answer that the rules of the log will give to the `admit`. */
export function checkCapability(
  bytes: Uint8Array,
  { meetingId, roster, now }: CapabilityContext,
): Result<Capability, VigilError<CapabilityErrorCode>> {
  const read = readCapability(bytes, meetingId);
  if (!read.ok) return read;
  const fault = faultOf(read.value, roster, now);
  return fault === null ? read : err(new VigilError(fault, "user"));
}

function faultOf(capability: Capability, roster: Roster, now: number): CapabilityErrorCode | null {
  const { issuer, uses, id } = capability;
  if (roster.removals.some((removal) => removal.member === issuer)) return "invite-revoked";
  if (roster.revokedInvites.has(capabilityKey(capability))) return "invite-revoked";
  if (!roster.issuers.has(issuer)) return "invite-not-an-invite";
  if (now > capability.expiresAt) return "invite-expired";
  return uses > 0 && (roster.uses.get(id) ?? 0) >= uses ? "invite-used-up" : null;
}
