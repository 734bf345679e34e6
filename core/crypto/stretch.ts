import { argon2idAsync } from "@noble/hashes/argon2.js";
import { Secret } from "../base/secret.ts";

/** Bytes of a stretched passphrase. */
const STRETCHED_BYTES = 32;
/** How long one slice of the work may hold up everything else in this process, in ms. */
const SLICE_MS = 8;

/** What one guess of a passphrase costs (RFC 9106, section 3.1). */
export interface StretchCost {
  /** KiB; at least 8 for each lane. */
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
}

/** The second recommended option of RFC 9106, section 4: 64 MiB, 3 passes, 4 lanes. */
export const STRETCH_COST: StretchCost = { memory: 64 * 1024, passes: 3, lanes: 4 };

/**
 * Argon2id (RFC 9106, version 1.3) of a passphrase: 32 bytes. It works in slices, so that whatever else this process does
 * goes on between them. The caller still owns, and wipes, the passphrase.
 */
export async function stretch(
  passphrase: Secret<"passphrase">,
  salt: Uint8Array,
  cost: StretchCost,
): Promise<Secret<"stretched-passphrase">> {
  const stretched = await argon2idAsync(passphrase.reveal(), salt, {
    m: cost.memory,
    t: cost.passes,
    p: cost.lanes,
    dkLen: STRETCHED_BYTES,
    asyncTick: SLICE_MS,
  });
  return new Secret("stretched-passphrase", stretched);
}
