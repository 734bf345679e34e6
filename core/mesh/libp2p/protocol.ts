/** The libp2p protocol of a message link; see `framing.ts` for what it carries. */
export const LINK_PROTOCOL = "/vigil/link/1";

/** The libp2p protocol of a pipe: bytes as they are, in both directions. */
export const PIPE_PROTOCOL = "/vigil/pipe/1";

/**
 * The one gossip topic of every meeting. A node belongs to one meeting and gossips with its members alone, so it need name neither;
 * and members who came on different days must hear each other.
 */
export const GOSSIP_TOPIC = "/vigil/gossip/1";
