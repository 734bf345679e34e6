import type { Brand } from "../base/brand.ts";

/** A libp2p peer id in its usual text form; made afresh for each meeting. */
export type PeerId = Brand<string, "PeerId">;
