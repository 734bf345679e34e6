/** Names one sender's key of one epoch: epoch times 65,536 plus the member's index in the log. */
export function keyIdOf(epoch: number, index: number): bigint {
  return BigInt(epoch) * 65_536n + BigInt(index);
}

/** The epoch that a key id names. */
export function epochOf(keyId: bigint): number {
  return Number(keyId >> 16n);
}
