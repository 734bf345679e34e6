import { hash } from "node:crypto";
import { adoptEd25519 } from "../../core/crypto/ed25519.ts";
import { adoptSha512, type Sha512 } from "../../core/crypto/sha512.ts";
import { platformEd25519 } from "./platform-ed25519.ts";

/** Node's own SHA-512. */
export const platformSha512: Sha512 = (data) => Uint8Array.from(hash("sha512", data, "buffer"));

/** Has the platform sign, check and hash from now on, as far as it knows how; the rest goes the slower way. */
export function usePlatformCrypto(): void {
  adoptEd25519(platformEd25519);
  adoptSha512(platformSha512);
}
