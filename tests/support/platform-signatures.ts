import { adoptEd25519 } from "../../core/crypto/ed25519.ts";
import { platformEd25519 } from "../../electron/host/platform-ed25519.ts";

/** Has signatures made and checked as the host does for the rest of this process, for tests and simulations that make thousands. */
export function usePlatformSignatures(): void {
  if (!adoptEd25519(platformEd25519)) throw new Error("this platform does not know Ed25519");
}
