/** How far an IP address reaches; `none` for what is no address of one machine: unspecified, multicast, broadcast, reserved, or no IP at all. */
export type IpScope = "public" | "private" | "link" | "loopback" | "none";

const IP4 = /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/;
const IP4_TAIL = /^(.*:)(\d[\d.]*\.\d+)$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/** The scope of an IPv4 or IPv6 address in text form (RFC 1112, 1122, 1918, 3927, 4193, 4291, 6598). */
export function ipScope(address: string): IpScope {
  const ip4 = ip4Bytes(address);
  if (ip4 !== null) return ip4Scope(ip4);
  const ip6 = ip6Groups(address);
  return ip6 === null ? "none" : ip6Scope(ip6);
}

/** What counts as one address for limits: an IPv4 address; of IPv6 the first 64 bits, since one subscriber usually has them all. */
export function ipGroup(address: string): string {
  const groups = ip6Groups(address);
  if (groups === null) return ip4Bytes(address) === null ? "" : address;
  const [high = 0, low = 0] = groups.slice(6);
  if (isMapped(groups)) return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  return groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":");
}

function isMapped(groups: readonly number[]): boolean {
  return groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
}

function ip4Scope([first = 0, second = 0]: readonly number[]): IpScope {
  if (first === 0 || first >= 224) return "none";
  if (first === 127) return "loopback";
  if (first === 169 && second === 254) return "link";
  if (first === 10 || (first === 192 && second === 168)) return "private";
  if (first === 172 && second >= 16 && second < 32) return "private";
  if (first === 100 && second >= 64 && second < 128) return "private";
  return "public";
}

function ip6Scope(groups: readonly number[]): IpScope {
  const [first = 0, , , , , , high = 0, low = 0] = groups;
  // An IPv4 address in IPv6 clothes leads where the IPv4 address does.
  if (isMapped(groups)) return ip4Scope([high >> 8, high & 255]);
  if (groups.slice(0, 6).every((group) => group === 0)) return high === 0 && low === 1 ? "loopback" : "none";
  if (first >= 0xff00) return "none";
  if (first >= 0xfe80 && first < 0xfec0) return "link";
  return first >= 0xfc00 && first < 0xfe00 ? "private" : "public";
}

function ip4Bytes(text: string): number[] | null {
  if (!IP4.test(text)) return null;
  const bytes = text.split(".").map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : null;
}

function ip6Groups(text: string): number[] | null {
  const [, before = "", tail = ""] = IP4_TAIL.exec(text) ?? [];
  const [a = 0, b = 0, c = 0, d = 0] = ip4Bytes(tail) ?? [];
  const plain = tail === "" ? text : `${before}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  if (tail !== "" && ip4Bytes(tail) === null) return null;
  const [left, right, ...more] = plain.split("::").map((half) => (half === "" ? [] : half.split(":")));
  if (left === undefined || more.length > 0) return null;
  const written = [...left, ...(right ?? [])];
  if (!written.every((group) => GROUP.test(group))) return null;
  if (right === undefined ? written.length !== 8 : written.length > 7) return null;
  const gap = new Array<string>(8 - written.length).fill("0");
  return [...left, ...gap, ...(right ?? [])].map((group) => Number.parseInt(group, 16));
}
