import { Secret } from "../base/secret.ts";
import { derive } from "../crypto/hash.ts";
import type { RandomSource } from "../crypto/random-source.ts";
import { BASE_KEY_BYTES } from "./key-message.ts";
import type { BaseKey } from "./sender-key-types.ts";

export function freshBaseKey(random: RandomSource): BaseKey {
  return new Secret("base-key", random.bytes(BASE_KEY_BYTES));
}

/** The key of `epoch` from the key of the epoch before. Nobody gets back from it. */
export function ratchetBaseKey(previous: BaseKey, epoch: number): BaseKey {
  const context = new Uint8Array(4);
  new DataView(context.buffer).setUint32(0, epoch);
  const key = previous.reveal();
  return new Secret("base-key", derive({ key, label: "sender key ratchet", context, length: BASE_KEY_BYTES }));
}
