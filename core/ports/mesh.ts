import type { Brand } from "../base/brand.ts";
import type { Secret } from "../base/secret.ts";
import type { Ending } from "../base/scope.ts";
import type { PeerId } from "./peer-id.ts";
import type { Pipes } from "./pipes.ts";

export type { PeerId };

/** One message link to one peer, named by this side only. A peer may have several; each lives once. */
export type LinkId = Brand<string, "LinkId">;

/** A multiaddr in text form that ends in `/p2p/<peer id>`. */
export type Address = string;

/** The largest message a link carries, in bytes. A longer length prefix closes the link before anything is read. */
export const MAX_MESSAGE_BYTES = 256 * 1024;

/** What may wait to be sent on one link, in bytes. A peer that reads slower than this loses the link, not our memory. */
export const MAX_QUEUED_BYTES = 4 * 1024 * 1024;

export type MeshPath = "direct" | "relayed";

export type MeshEvent =
  | {
      readonly type: "link-opened";
      readonly link: LinkId;
      readonly peer: PeerId;
      /** `outbound` for the side that dialled. */
      readonly direction: "outbound" | "inbound";
      readonly path: MeshPath;
      /** Where the connection comes from or goes to, for limits by address; never shown or logged. */
      readonly remoteAddress: Address;
    }
  | { readonly type: "message"; readonly link: LinkId; readonly bytes: Uint8Array }
  | { readonly type: "link-closed"; readonly link: LinkId }
  /** None of the addresses of this peer could be reached; said once for each `dial`. */
  | { readonly type: "dial-failed"; readonly peer: PeerId }
  /** Local discovery saw somebody who claims to be of this meeting. Nothing about it is proven. */
  | { readonly type: "peer-found"; readonly peer: PeerId; readonly addresses: readonly Address[] }
  | { readonly type: "gossip"; readonly peer: PeerId; readonly bytes: Uint8Array }
  /** The addresses under which others can reach this node have changed. */
  | { readonly type: "addresses"; readonly addresses: readonly Address[] };

/**
 * The network of one meeting as the meeting sees it: reliable, ordered message links between peers, and gossip.
 * Peers are authenticated by their peer id only; who they are is the handshake's business.
 * Every implementation passes `tests/conformance/mesh.ts`.
 */
export interface Mesh {
  readonly self: PeerId;
  /** For what is too large for messages. */
  readonly pipes: Pipes;
  /** Where others can reach this node now, best first. */
  addresses(): readonly Address[];
  /**
   * Opens a link to the peer that the addresses name, trying all of them at once; the first to answer wins and one that hangs delays nobody.
   * Ends in one `link-opened` or one `dial-failed`. Addresses that do not parse or name other peers are passed over.
   */
  dial(peer: PeerId, addresses: readonly Address[]): void;
  /**
   * Queues messages of 1 to `MAX_MESSAGE_BYTES` bytes each; small ones that are given together travel in one packet.
   * A link that is closed swallows them; one whose queue overflows is closed.
   */
  send(link: LinkId, ...messages: readonly Uint8Array[]): void;
  /** Closes a link after what is queued has been sent. `link-closed` follows. */
  close(link: LinkId): void;
  /** Tells everybody subscribed; a speed-up only, never relied on. At most 64 KiB. */
  publish(message: Uint8Array): void;
  /** The peers that the meeting has admitted: only with them is gossip exchanged, and only for them does this node pass on connections. */
  setMembers(peers: readonly PeerId[]): void;
  /** The rendezvous tags of the present moment, in place of all earlier ones. Where local discovery is off nothing happens. */
  announceAs(tags: readonly string[]): void;
  subscribe(listener: (event: MeshEvent) => void): Ending;
  /** Closes every link and connection and stops listening. Safe to call twice. */
  stop(): Promise<void>;
}

export interface MeshOptions {
  /** Names the meeting to local discovery at the start; derived, so that it reveals nothing of the meeting secret. */
  readonly rendezvousTag: string;
  /** The seed (32 bytes) of the node's peer key, which its owner wipes; a fresh one without it. */
  readonly peerKey?: Secret<"peer-key">;
  /** Relays the person chose; none by default. */
  readonly relays: readonly Address[];
  /** Whether to announce and look for members on the local network (mDNS). */
  readonly localDiscovery: boolean;
}
