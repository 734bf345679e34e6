/** Where fresh bytes come from; `core/ports/random.ts` satisfies it. */
export interface RandomSource {
  bytes(length: number): Uint8Array;
}
