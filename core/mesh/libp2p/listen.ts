const EVERYWHERE = [
  "/ip4/0.0.0.0/tcp/0",
  "/ip6/::/tcp/0",
  "/ip4/0.0.0.0/tcp/0/ws",
  "/ip6/::/tcp/0/ws",
  "/ip4/0.0.0.0/udp/0/webrtc-direct",
  "/ip6/::/udp/0/webrtc-direct",
];

/** Where a node listens: every interface, ports of the system's choice. WebRTC between two private peers needs a relay to meet at. */
export function listenAddresses(hasRelays: boolean): readonly string[] {
  return hasRelays ? [...EVERYWHERE, "/webrtc"] : EVERYWHERE;
}
