/** How far an IP address reaches. */
export type IpScope = "public" | "private" | "link" | "loopback";

/** The scope of an IPv4 or IPv6 address in text form (RFC 1918, 3927, 4193, 4291, 6598). Anything else counts as public. */
export function ipScope(address: string): IpScope {
  return address.includes(":") ? ip6Scope(address.toLowerCase()) : ip4Scope(address);
}

function ip4Scope(address: string): IpScope {
  const [first = 0, second = 0] = address.split(".").map(Number);
  if (first === 127) return "loopback";
  if (first === 169 && second === 254) return "link";
  if (first === 10 || (first === 192 && second === 168)) return "private";
  if (first === 172 && second >= 16 && second < 32) return "private";
  if (first === 100 && second >= 64 && second < 128) return "private";
  return "public";
}

function ip6Scope(address: string): IpScope {
  if (address === "::1") return "loopback";
  if (/^fe[89ab]/.test(address)) return "link";
  return /^f[cd]/.test(address) ? "private" : "public";
}
