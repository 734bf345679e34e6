import { fromBase64Url, toBase64Url } from "../../../core/base/bytes.ts";
import { MAX_IDENTITY_FILE_CHARACTERS } from "../../../core/contract/limits.ts";
import { saveFile } from "../../ui/save-file.ts";

/** What an exported identity's file is called at its end. */
export const IDENTITY_FILE = ".vigil-identity";

/** Hands an exported identity (base64url) to the window as a file to be saved. */
export function saveIdentity(exported: string): void {
  const bytes = fromBase64Url(exported);
  if (bytes !== null) saveFile(new Blob([bytes]), IDENTITY_FILE);
}

/** A chosen file's bytes in base64url; no more is read than such a file may have. One that is larger comes out empty. */
export async function readIdentity(file: File): Promise<string> {
  const most = Math.floor((MAX_IDENTITY_FILE_CHARACTERS * 3) / 4);
  if (file.size > most) return "";
  return toBase64Url(new Uint8Array(await file.arrayBuffer()));
}
