import { concat, fromBase64Url, toBase64Url, utf8 } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { err, ok, type Result } from "../base/result.ts";
import { Secret } from "../base/secret.ts";
import { ByteReader } from "./byte-reader.ts";
import { crc32 } from "./crc32.ts";
import { encodeAddress, MAX_INVITE_ADDRESS_BYTES, MAX_INVITE_ADDRESSES, readAddresses } from "./invite-addresses.ts";

export const INVITE_PREFIX = "vigil://join/#";
/** The longest link, in characters. */
const MAX_INVITE_LINK_CHARACTERS = 1024;
/** The most that is looked at before the version is known, in characters, white space around it included. */
const MAX_READ_CHARACTERS = 2048;
const VERSION = 1;
const SECRET_BYTES = 32;
const ROOT_BYTES = 32;
/** Version and length of the whole payload. */
const HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;

export interface Invite {
  /** Owned by whoever decoded the invite: wipe it when it is not needed. */
  readonly meetingSecret: Secret<"meeting-secret">;
  /** The starter's member key, 32 bytes: the root of the log. */
  readonly root: Uint8Array;
  /** A capability as `core/membership/capability.ts` encodes it; not looked into here. */
  readonly capability: Uint8Array;
  /** Multiaddrs, best first; at most 8 of at most 200 bytes. */
  readonly addresses: readonly string[];
}

type InviteErrorCode =
  | "invite-empty"
  | "invite-not-an-invite"
  | "invite-truncated"
  | "invite-altered"
  | "invite-too-new"
  | "invite-too-long";
type InviteError = VigilError<InviteErrorCode>;

/** The link. Addresses that are too long, beyond the eighth, or for which no room is left are left out; `invite-too-long` when not even the first fits. */
export function encodeInvite(invite: Invite): Result<string, InviteError> {
  const usable = invite.addresses.filter((address) => isUsable(address)).slice(0, MAX_INVITE_ADDRESSES);
  for (let count = usable.length; count >= Math.min(1, usable.length); count--) {
    const payload = encodePayload(invite, usable.slice(0, count));
    const link = INVITE_PREFIX + toBase64Url(payload);
    payload.fill(0);
    if (link.length <= MAX_INVITE_LINK_CHARACTERS) return ok(link);
  }
  return err(failed("invite-too-long"));
}

function isUsable(address: string): boolean {
  const length = utf8(address).length;
  return length > 0 && length <= MAX_INVITE_ADDRESS_BYTES;
}

function encodePayload(invite: Invite, addresses: readonly string[]): Uint8Array {
  const body = concat(
    invite.meetingSecret.reveal(),
    invite.root,
    uint16(invite.capability.length),
    invite.capability,
    Uint8Array.of(addresses.length),
    ...addresses.map((address, index) => encodeAddress(address, addresses[index - 1] ?? "")),
  );
  const length = HEADER_BYTES + body.length + CHECKSUM_BYTES;
  const checked = concat(Uint8Array.of(VERSION), uint16(length), body);
  return concat(checked, uint32(crc32(checked)));
}

/**
 * Reads a link as people paste it, white space around it allowed. Nothing in it is trusted yet but its checksum.
 * A version byte above ours says `invite-too-new` whatever follows, unless undoing that byte makes the rest check out: then it was altered.
 */
export function decodeInvite(text: string): Result<Invite, InviteError> {
  if (text.length > MAX_READ_CHARACTERS) return err(failed("invite-too-long"));
  const link = text.trim();
  if (link === "") return err(failed("invite-empty"));
  if (!link.startsWith(INVITE_PREFIX)) {
    return err(failed(INVITE_PREFIX.startsWith(link) ? "invite-truncated" : "invite-not-an-invite"));
  }
  const characters = link.slice(INVITE_PREFIX.length);
  const fault = faultOf(characters, link.length);
  if (fault !== null) return err(failed(fault));
  const payload = fromBase64Url(characters);
  const invite = payload === null ? null : readBody(payload);
  payload?.fill(0);
  return invite === null ? err(failed("invite-altered")) : ok(invite);
}

/** What is wrong with the payload as a whole: its characters, version, length or checksum. */
function faultOf(characters: string, linkLength: number): InviteErrorCode | null {
  const header = fromBase64Url(characters.slice(0, 4).padEnd(4, "A"));
  if (header === null) return "invite-altered";
  const version = characters.length >= 2 ? (header[0] ?? 0) : VERSION;
  const payload = fromBase64Url(characters);
  if (payload !== null && checksOut(payload)) {
    if (!hasHeader(payload)) return "invite-altered";
    return linkLength > MAX_INVITE_LINK_CHARACTERS ? "invite-too-long" : null;
  }
  if (version > VERSION) return "invite-too-new";
  if (version < VERSION) return "invite-altered";
  if (linkLength > MAX_INVITE_LINK_CHARACTERS) return "invite-too-long";
  const stated = characters.length >= 4 ? (header[1] ?? 0) * 256 + (header[2] ?? 0) : Number.POSITIVE_INFINITY;
  return characters.length < Math.ceil((stated * 4) / 3) ? "invite-truncated" : "invite-altered";
}

/** Whether the checksum holds once version and length are set to what they should be: then nothing but them can be wrong. */
function checksOut(payload: Uint8Array): boolean {
  if (payload.length < HEADER_BYTES + CHECKSUM_BYTES) return false;
  const end = payload.length - CHECKSUM_BYTES;
  const checked = concat(headerOf(payload), payload.subarray(HEADER_BYTES, end));
  return crc32(checked) === new ByteReader(payload.subarray(end)).uint32();
}

function hasHeader(payload: Uint8Array): boolean {
  return headerOf(payload).every((byte, index) => byte === payload[index]);
}

function headerOf(payload: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(VERSION), uint16(payload.length));
}

function readBody(payload: Uint8Array): Invite | null {
  const reader = new ByteReader(payload.subarray(HEADER_BYTES, payload.length - CHECKSUM_BYTES));
  const secret = reader.bytes(SECRET_BYTES);
  const root = reader.bytes(ROOT_BYTES);
  const capability = reader.bytes(reader.uint16() ?? 0);
  const count = reader.uint8();
  if (secret === null || root === null || capability === null) return null;
  if (count === null || count > MAX_INVITE_ADDRESSES) return null;
  const addresses = readAddresses(reader, count);
  if (addresses === null || reader.left > 0) return null;
  return {
    meetingSecret: new Secret("meeting-secret", secret.slice()),
    root: root.slice(),
    capability: capability.slice(),
    addresses,
  };
}

function failed(code: InviteErrorCode): InviteError {
  return new VigilError(code, "user");
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of((value >> 8) & 255, value & 255);
}

function uint32(value: number): Uint8Array {
  return concat(uint16(value >>> 16), uint16(value & 0xffff));
}
