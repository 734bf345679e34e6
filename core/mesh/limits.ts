/** How long one `dial` may try, in milliseconds, whatever its addresses do. */
export const DIAL_LIMIT_MS = 10_000;

/** A link over which nothing was heard for this long is dead, in milliseconds. */
export const SILENCE_LIMIT_MS = 6_000;

/** How often a link says that it is alive when it has nothing else to say, in milliseconds. */
export const KEEP_ALIVE_MS = 2_000;

/** How many addresses one `dial` tries. More are passed over: a list is hostile input. */
export const MAX_DIALLED_ADDRESSES = 16;

/** How many addresses a node names for itself. */
export const MAX_OWN_ADDRESSES = 8;

/** The longest address that is looked at, in characters. */
export const MAX_ADDRESS_LENGTH = 512;

/** The largest gossip message, in bytes. */
export const MAX_GOSSIP_BYTES = 64 * 1024;

/** How many links one peer may hold at once; further ones are refused. */
export const MAX_LINKS_PER_PEER = 4;

/** How many pipes one peer may hold open to us at once; further ones are refused. */
export const MAX_PIPES_PER_PEER = 8;

/** What may wait in a pipe before its writer has to, in bytes. */
export const PIPE_QUEUE_BYTES = 512 * 1024;
