import { MAX_RELAY_CHARACTERS } from "./limits.ts";

/** A libp2p peer id: an Ed25519, Secp256k1 or hashed key in base58. */
const PEER_ID = /^(12D3KooW[1-9A-HJ-NP-Za-km-z]{44}|16Uiu2HA[1-9A-HJ-NP-Za-km-z]{45}|Qm[1-9A-HJ-NP-Za-km-z]{44})$/;
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;
/** What may stand between the port and the peer: plain TCP, or WebSockets with or without TLS. */
const TRANSPORTS = new Set(["", "ws", "wss", "tls/ws"]);

const HOSTS: Readonly<Record<string, (host: string) => boolean>> = {
  ip4: isIp4,
  ip6: isIp6,
  dns: (host) => HOST_NAME.test(host),
  dns4: (host) => HOST_NAME.test(host),
  dns6: (host) => HOST_NAME.test(host),
};

/** Whether a text is the multiaddr of a relay that a client can reach: host, TCP port, perhaps WebSockets, and the relay's peer id. */
export function isRelayAddress(text: string): boolean {
  if (text.length > MAX_RELAY_CHARACTERS) return false;
  const [first, kind = "", host = "", tcp, port = "", ...rest] = text.split("/");
  const isHost = Object.hasOwn(HOSTS, kind) ? HOSTS[kind] : undefined;
  if (first !== "" || isHost?.(host) !== true || tcp !== "tcp" || !isPort(port)) return false;
  const transport = rest.slice(0, -2).join("/");
  const [p2p, peer = ""] = rest.slice(-2);
  return rest.length >= 2 && TRANSPORTS.has(transport) && p2p === "p2p" && PEER_ID.test(peer);
}

function isPort(text: string): boolean {
  return /^[1-9][0-9]{0,4}$/.test(text) && Number(text) <= 65_535;
}

function isIp4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255);
}

function isIp6(text: string): boolean {
  const halves = text.split("::");
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  if (halves.length > 2 || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? groups.length < 8 : groups.length === 8;
}
