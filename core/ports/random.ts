/** Randomness, injected so that tests can repeat a run. */
export interface Random {
  /** `length` fresh bytes (0 to 65,536), cryptographically strong in the app. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
}
