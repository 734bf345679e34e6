import { concat, toHex } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { type MemberId, memberIdOf } from "../base/member-id.ts";
import { err, ok, type Result } from "../base/result.ts";
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES, type SigningKey, verify } from "../crypto/signing.ts";
import { decodeCbor, encodeCbor } from "../wire/cbor.ts";
import { readArray, readBytes, readCount, readText } from "../wire/fields.ts";
import { MAX_CAPABILITY_BYTES } from "./body.ts";

const LABEL = "invite capability";
const VERSION = 1;
const ID_BYTES = 16;
const MAX_LABEL_CHARACTERS = 100;
const MAX_USES = 0xffff;

/** A member's signed word that whoever brings it may ask to be let in. */
export interface Capability {
  /** 16 random bytes in hex. */
  readonly id: string;
  readonly issuer: MemberId;
  /** Milliseconds since the Unix epoch, inclusive. */
  readonly expiresAt: number;
  /** How many may be admitted by it; 0 for any number. */
  readonly uses: number;
  /** What its maker called it, up to 100 characters; whoever holds the invite can read it. */
  readonly label: string;
}

interface CapabilityWish {
  readonly signingKey: SigningKey;
  readonly meetingId: Uint8Array;
  /** 16 random bytes. */
  readonly id: Uint8Array;
  readonly expiresAt: number;
  readonly uses: number;
  readonly label: string;
}

/**
 * Signs a new capability. On the wire: CBOR `[1, id, issuer, expiresAt, uses, label]`, then the signature over meeting id and these bytes.
 * Throws `capability-unusable` for an id, uses or a label out of limits.
 */
export function issueCapability(wish: CapabilityWish): Uint8Array {
  if (wish.id.length !== ID_BYTES || wish.uses > MAX_USES || wish.label.length > MAX_LABEL_CHARACTERS) {
    throw new VigilError("capability-unusable", "defect");
  }
  const fields = [VERSION, wish.id, wish.signingKey.publicKey, wish.expiresAt, wish.uses, wish.label];
  const claim = encodeCbor(fields);
  return concat(claim, wish.signingKey.sign(LABEL, concat(wish.meetingId, claim)));
}

/** Reads a capability and checks its signature for this meeting. Whether it still counts is `checkCapability`'s business. */
export function readCapability(
  bytes: Uint8Array,
  meetingId: Uint8Array,
): Result<Capability, VigilError<"invite-not-an-invite">> {
  const refused = err(new VigilError("invite-not-an-invite", "user"));
  if (bytes.length > MAX_CAPABILITY_BYTES || bytes.length <= SIGNATURE_BYTES) return refused;
  const claim = bytes.subarray(0, bytes.length - SIGNATURE_BYTES);
  const parsed = parseClaim(claim);
  if (parsed === null) return refused;
  const signature = bytes.subarray(claim.length);
  const message = concat(meetingId, claim);
  if (!verify({ publicKey: parsed.issuerKey, label: LABEL, message, signature })) return refused;
  return ok(parsed.capability);
}

function parseClaim(claim: Uint8Array): { issuerKey: Uint8Array; capability: Capability } | null {
  const decoded = decodeCbor(claim, { maxBytes: MAX_CAPABILITY_BYTES, maxDepth: 1, maxItems: 7 });
  if (!decoded.ok) return null;
  const [version, idBytes, key, expiry, useCount, labelText] = readArray(decoded.value, { min: 6, max: 6 }) ?? [];
  const id = readBytes(idBytes, ID_BYTES);
  const issuerKey = readBytes(key, PUBLIC_KEY_BYTES);
  const expiresAt = readCount(expiry);
  const uses = readCount(useCount, MAX_USES);
  const label = readText(labelText, MAX_LABEL_CHARACTERS);
  if (version !== VERSION || id === null || issuerKey === null) return null;
  if (expiresAt === null || uses === null || label === null) return null;
  return { issuerKey, capability: { id: toHex(id), issuer: memberIdOf(issuerKey), expiresAt, uses, label } };
}
