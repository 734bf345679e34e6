import { ipScope } from "../base/ip.ts";

/** The name under which a browser hides a local address (mDNS): a UUID that resolves on the local network only. */
const MDNS = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.local$/i;

/**
 * Whether an ICE candidate line (RFC 8839, section 5.1, with or without `a=`) may be used. A host name other than an mDNS
 * one is refused: looking it up would tell a name server of the peer's choice that this member is here. So is TCP, which
 * our pages never accept and which would connect to any service. What is left is a UDP packet that ICE sends; one to the machine
 * itself is allowed, since two clients on a machine without a network have no other way.
 */
export function isUsableCandidate(line: string): boolean {
  const [prefix, component, transport, priority, address, port, typ] = line.replace(/^a=/, "").split(" ");
  if (prefix === undefined || !/^candidate:[\w+/]{1,32}$/.test(prefix)) return false;
  if (component !== "1" && component !== "2") return false;
  if (!/^udp$/i.test(transport ?? "") || !/^\d{1,10}$/.test(priority ?? "")) return false;
  if (!/^\d{1,5}$/.test(port ?? "") || typ !== "typ" || address === undefined) return false;
  if (Number(port) === 0 || Number(port) > 0xffff) return false;
  return ipScope(address) !== "none" || MDNS.test(address);
}
