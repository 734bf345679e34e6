import * as v from "valibot";
import { MAX_SIGNAL_CHARACTERS } from "./limits.ts";
import { fingerprint, generation, memberId, text } from "./parts.ts";

/** SDP and candidates as JSON, opaque to the host, which carries it inside the pairwise channel. */
const signalData = text(MAX_SIGNAL_CHARACTERS);

/** What the host tells the page's media engine. */
export const mediaDirective = v.variant("type", [
  /** Build the link to this member, replacing any of a lower generation. The remote certificate must have this fingerprint. */
  v.strictObject({ type: v.literal("open-link"), member: memberId, generation, initiator: v.boolean(), fingerprint }),
  v.strictObject({ type: v.literal("close-link"), member: memberId }),
  v.strictObject({ type: v.literal("signal"), member: memberId, generation, data: signalData }),
]);
export type MediaDirective = v.InferOutput<typeof mediaDirective>;

/** connecting: no media yet, or recovering; lost: given up until the host opens a new one. */
export const linkState = v.picklist(["connecting", "connected", "lost"]);
export type LinkState = v.InferOutput<typeof linkState>;

export const linkPath = v.picklist(["none", "direct", "relayed"]);
export type LinkPath = v.InferOutput<typeof linkPath>;

/** What the page's media engine tells the host. */
export const mediaReport = v.variant("type", [
  v.strictObject({ type: v.literal("signal"), member: memberId, generation, data: signalData }),
  v.strictObject({ type: v.literal("link-state"), member: memberId, generation, state: linkState, path: linkPath }),
]);
export type MediaReport = v.InferOutput<typeof mediaReport>;
