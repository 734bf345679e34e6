import { VigilError } from "../../core/base/errors.ts";
import type { IdentityFault } from "../../core/contract/identity.ts";

const FAULTS: Readonly<Record<string, IdentityFault>> = {
  "persona-key-wrong": "passphrase-wrong",
  "passphrase-missing": "passphrase-wrong",
  "persona-file-damaged": "file-damaged",
  "persona-file-foreign": "file-foreign",
  "persona-file-too-new": "file-too-new",
  "profile-unreadable": "unreadable",
  "profile-unwritable": "unwritable",
  "keychain-failed": "keychain-failed",
  "contacts-full": "contacts-full",
};

/** What the person is told of an error; null for a defect of ours. */
export function faultOf(error: unknown): IdentityFault | null {
  return error instanceof VigilError ? (FAULTS[String(error.code)] ?? null) : null;
}
