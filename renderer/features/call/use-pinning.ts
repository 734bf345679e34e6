import { useState } from "react";
import type { MemberId } from "../../../core/contract/parts.ts";

/** Who is kept large, and on whose tile the Tab key stops. */
export interface Pinning {
  readonly pinned: MemberId | null;
  readonly reached: MemberId | null;
  readonly pin: (member: MemberId | null) => void;
  readonly reach: (member: MemberId) => void;
}

/** Among these members, in the order of their tiles. */
export function usePinning(shown: readonly MemberId[]): Pinning {
  const [pinned, pin] = useState<MemberId | null>(null);
  const [last, reach] = useState<MemberId | null>(null);
  const reached = last !== null && shown.includes(last) ? last : (shown[0] ?? null);
  return { pinned, reached, pin, reach };
}
