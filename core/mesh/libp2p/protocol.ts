/** The libp2p protocol of a message link; see `framing.ts` for what it carries. */
export const LINK_PROTOCOL = "/vigil/link/1";
