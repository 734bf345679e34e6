const EVERYWHERE = ["/ip4/0.0.0.0/tcp/0", "/ip6/::/tcp/0", "/ip4/0.0.0.0/tcp/0/ws", "/ip6/::/tcp/0/ws"];

/** Listening for WebRTC between two private peers, which needs a relay to meet at. */
export const PRIVATE_WEBRTC = "/webrtc";

/**
 * Where a node listens: every interface, ports of the system's choice.
 * Not on webrtc-direct: one datagram of a stranger makes its native library open a connection,
 * and stopping during a handshake brings the process down (docs/decisions/no-webrtc-direct.md).
 */
export function listenAddresses(hasRelays: boolean): readonly string[] {
  return hasRelays ? [...EVERYWHERE, PRIVATE_WEBRTC] : EVERYWHERE;
}
