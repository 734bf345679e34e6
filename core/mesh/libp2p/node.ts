import { circuitRelayServer, circuitRelayTransport } from "@libp2p/circuit-relay-v2";
import { generateKeyPairFromSeed } from "@libp2p/crypto/keys";
import { type GossipSub, gossipsub } from "@libp2p/gossipsub";
import { type Identify, identify } from "@libp2p/identify";
import { type Connection, FaultTolerance, type Libp2p } from "@libp2p/interface";
import { noise } from "@libp2p/noise";
import { ping } from "@libp2p/ping";
import { tcp } from "@libp2p/tcp";
import type { webRTC as WebRtc } from "@libp2p/webrtc";
import { webSockets } from "@libp2p/websockets";
import { yamux } from "@libp2p/yamux";
import { type Multiaddr, multiaddr } from "@multiformats/multiaddr";
import { createLibp2p } from "libp2p";
import type { Secret } from "../../base/secret.ts";
import type { Random } from "../../ports/random.ts";
import { MAX_GOSSIP_BYTES, PIPE_QUEUE_BYTES } from "../limits.ts";
import { bestAddresses } from "./addresses.ts";
import type { Door } from "./door.ts";
import { PRIVATE_WEBRTC } from "./listen.ts";
import { type LocalDiscovery, localDiscovery } from "./local-discovery.ts";
import { GOSSIP_TOPIC } from "./protocol.ts";
import { silentLogger } from "./silent-logger.ts";

const MAX_CONNECTIONS = 64;
const INBOUND_PER_HOST_AND_SECOND = 32;
const UPGRADE_LIMIT_MS = 5_000;
// More than one host can hold open by starting handshakes and never ending them.
const MAX_PENDING_INBOUND = (INBOUND_PER_HOST_AND_SECOND * UPGRADE_LIMIT_MS) / 1_000 + 32;
const NEGOTIATION_LIMIT_MS = 5_000;
/**
 * What one connection may hold: few streams, and little on a stream that nobody reads. The window may not grow above what is
 * held, or a stream that is read slowly would be cut instead of slowed down.
 */
const MUXER = {
  maxInboundStreams: 32,
  maxOutboundStreams: 64,
  streamOptions: { maxReadBufferLength: PIPE_QUEUE_BYTES, maxStreamWindowSize: PIPE_QUEUE_BYTES },
};
const MAX_RESERVATIONS = 32;
const SEED_BYTES = 32;
// Explicitly nobody: left out, the library would ask strangers' STUN servers for this machine's address.
const NO_ICE_SERVERS = { iceServers: [] };

/** The parts of a node that the mesh drives itself. */
export interface NodeParts {
  readonly transportManager: {
    dial(address: Multiaddr, options: { signal: AbortSignal }): Promise<Connection>;
    listen(addresses: Multiaddr[]): Promise<void>;
  };
}

export interface MeshServices extends Record<string, unknown> {
  readonly parts: NodeParts;
  readonly identify: Identify;
  readonly gossip: GossipSub;
  readonly discovery: LocalDiscovery;
}

export type MeshNode = Libp2p<MeshServices>;

export interface NodeInit {
  readonly random: Random;
  /** The seed of the peer key; a fresh one without it. */
  readonly peerKey?: Secret<"peer-key"> | undefined;
  readonly door: Door;
  /** The mDNS service name, or null to neither announce nor look. */
  readonly serviceTag: string | null;
  readonly listen: readonly string[];
}

/** Starts a libp2p node that knows nobody, dials nobody and answers strangers on `/vigil/link/1` and ping only. */
export async function startNode(init: NodeInit): Promise<MeshNode> {
  const seed = init.peerKey === undefined ? init.random.bytes(SEED_BYTES) : Uint8Array.from(init.peerKey.reveal());
  const privateKey = await generateKeyPairFromSeed("Ed25519", seed);
  seed.fill(0);
  const node: MeshNode = await createLibp2p<MeshServices>({
    privateKey,
    start: false,
    logger: silentLogger,
    nodeInfo: { name: "vigil", version: "1", userAgent: "vigil" },
    addresses: {
      listen: [...init.listen],
      announceFilter: (own) => bestAddresses(own).map((address) => multiaddr(address)),
    },
    transports: [tcp(), webSockets(), circuitRelayTransport(), ...(await privateWebRtc(init.listen))],
    transportManager: { faultTolerance: FaultTolerance.NO_FATAL },
    streamMuxers: [yamux(MUXER)],
    connectionEncrypters: [noise()],
    connectionGater: init.door.gater,
    connectionManager: {
      maxConnections: MAX_CONNECTIONS,
      maxIncomingPendingConnections: MAX_PENDING_INBOUND,
      inboundConnectionThreshold: INBOUND_PER_HOST_AND_SECOND,
      inboundUpgradeTimeout: UPGRADE_LIMIT_MS,
      inboundStreamProtocolNegotiationTimeout: NEGOTIATION_LIMIT_MS,
      reconnectRetries: 0,
    },
    // Links keep themselves alive; a monitor of every connection would only double that.
    connectionMonitor: { enabled: false },
    services: {
      parts: (components): NodeParts => {
        guardHandlers(components.registrar, init.door);
        return { transportManager: components.transportManager };
      },
      identify: identify({ runOnConnectionOpen: false }),
      ping: ping(),
      relay: circuitRelayServer({ reservations: { maxReservations: MAX_RESERVATIONS, applyDefaultLimit: false } }),
      gossip: gossipsub(gossipOptions()),
      discovery: (components) => localDiscovery(init, components),
    },
  });
  await node.start();
  return node;
}

type Registrar = Parameters<ReturnType<typeof ping>>[0]["registrar"];

// Services register their protocols when the node starts, so each passes here first, whatever a later version adds.
function guardHandlers(registrar: Registrar, door: Door): void {
  const handle = registrar.handle.bind(registrar);
  registrar.handle = (protocol, handler, options) => handle(protocol, door.guard(protocol, handler), options);
}

/** WebRTC between two peers that meet at a relay. Its native library is loaded only where there is a relay to meet at. */
async function privateWebRtc(listen: readonly string[]): Promise<ReturnType<typeof WebRtc>[]> {
  if (!listen.includes(PRIVATE_WEBRTC)) return [];
  const { webRTC } = await import("@libp2p/webrtc");
  return [webRTC({ rtcConfiguration: NO_ICE_SERVERS })];
}

function gossipOptions(): Parameters<typeof gossipsub>[0] {
  return {
    allowedTopics: [GOSSIP_TOPIC],
    globalSignaturePolicy: "StrictSign",
    emitSelf: false,
    doPX: false,
    fallbackToFloodsub: false,
    floodPublish: true,
    allowPublishToZeroTopicPeers: true,
    ignoreDuplicatePublishError: true,
    runOnLimitedConnection: true,
    maxInboundDataLength: MAX_GOSSIP_BYTES * 2,
    maxTopicBytesPerPeer: 4096,
    decodeRpcLimits: {
      maxSubscriptions: 8,
      maxMessages: 64,
      maxIhaveMessageIDs: 1024,
      maxIwantMessageIDs: 1024,
      maxIdontwantMessageIDs: 1024,
      maxControlMessages: 64,
      maxPeerInfos: 0,
    },
  };
}
