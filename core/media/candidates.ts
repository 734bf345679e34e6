const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;
const IPV6 = /^[0-9a-f:.]*:[0-9a-f:.]*$/i;
/** The name under which a browser hides a local address (mDNS): a UUID that resolves on the local network only. */
const MDNS = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.local$/i;

/**
 * Whether an ICE candidate line (RFC 8839, section 5.1, with or without `a=`) may be used. A host name other than an mDNS
 * one is refused: looking it up would tell a name server of the peer's choice that this member is here.
 */
export function isUsableCandidate(line: string): boolean {
  const [prefix, component, transport, priority, address, port, typ] = line.replace(/^a=/, "").split(" ");
  if (prefix === undefined || !/^candidate:[\w+/]{1,32}$/.test(prefix)) return false;
  if (component !== "1" && component !== "2") return false;
  if (!/^(?:udp|tcp)$/i.test(transport ?? "") || !/^\d{1,10}$/.test(priority ?? "")) return false;
  if (!/^\d{1,5}$/.test(port ?? "") || typ !== "typ" || address === undefined) return false;
  return IPV4.test(address) || IPV6.test(address) || MDNS.test(address);
}
