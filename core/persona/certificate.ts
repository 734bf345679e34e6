import { concat } from "../base/bytes.ts";
import { VigilError } from "../base/errors.ts";
import { type PersonaId, personaIdOf } from "../base/persona-id.ts";
import { err, ok, type Result } from "../base/result.ts";
import { equal } from "../crypto/compare.ts";
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES, type SigningKey, verify } from "../crypto/signing.ts";
import { type Cbor, decodeCbor, encodeCbor } from "../wire/cbor.ts";
import { readArray, readBytes, readText } from "../wire/fields.ts";

const VERSION = 1;
const LABEL = "persona certificate";
const MEETING_ID_BYTES = 32;
/** The largest certificate, signature included, in bytes. */
export const MAX_CERTIFICATE_BYTES = 512;
/** The longest name of a persona, in UTF-16 units. */
export const MAX_PERSONA_NAME = 64;

/** Whom a certificate must be about: the member at the other end of this very channel, in this meeting. */
export interface CertifiedMember {
  readonly meetingId: Uint8Array;
  /** The member key, 32 bytes. */
  readonly memberKey: Uint8Array;
}

/** A persona as it has proven itself. The name is its own word: not cleaned for showing. */
export interface ShownPersona {
  readonly id: PersonaId;
  readonly name: string;
}

export type CertificateError = VigilError<
  "persona-malformed" | "persona-of-another-meeting" | "persona-of-another-member" | "persona-forged"
>;

/**
 * A persona's signed word that a member key of one meeting is its own: CBOR `[1, persona key, member key, meeting id, name]`,
 * then the 64 bytes of the signature. Throws `persona-name-too-long` beyond `MAX_PERSONA_NAME`.
 */
export function createCertificate(
  persona: { readonly key: SigningKey; readonly name: string },
  { meetingId, memberKey }: CertifiedMember,
): Uint8Array {
  if (persona.name.length > MAX_PERSONA_NAME) throw new VigilError("persona-name-too-long", "defect");
  const signed = encodeCbor([VERSION, persona.key.publicKey, memberKey, meetingId, persona.name]);
  return concat(signed, persona.key.sign(LABEL, signed));
}

/** Reads a certificate that came over the channel of `expected`, and checks that it is about nobody else. */
export function readCertificate(bytes: Uint8Array, expected: CertifiedMember): Result<ShownPersona, CertificateError> {
  if (bytes.length > MAX_CERTIFICATE_BYTES || bytes.length <= SIGNATURE_BYTES) return err(refused("persona-malformed"));
  const signed = bytes.subarray(0, bytes.length - SIGNATURE_BYTES);
  const decoded = decodeCbor(signed, { maxBytes: MAX_CERTIFICATE_BYTES, maxDepth: 1, maxItems: 6 });
  const statement = decoded.ok ? statementOf(decoded.value) : null;
  if (statement === null) return err(refused("persona-malformed"));
  const { publicKey, memberKey, meetingId, name } = statement;
  if (!equal(meetingId, expected.meetingId)) return err(refused("persona-of-another-meeting"));
  if (!equal(memberKey, expected.memberKey)) return err(refused("persona-of-another-member"));
  const signature = bytes.subarray(bytes.length - SIGNATURE_BYTES);
  if (!verify({ publicKey, label: LABEL, message: signed, signature })) return err(refused("persona-forged"));
  return ok({ id: personaIdOf(publicKey), name });
}

function statementOf(value: Cbor): (CertifiedMember & { publicKey: Uint8Array; name: string }) | null {
  const [version, persona, member, meeting, called] = readArray(value, { min: 5, max: 5 }) ?? [];
  const publicKey = readBytes(persona, PUBLIC_KEY_BYTES);
  const memberKey = readBytes(member, PUBLIC_KEY_BYTES);
  const meetingId = readBytes(meeting, MEETING_ID_BYTES);
  const name = readText(called, MAX_PERSONA_NAME);
  if (version !== VERSION || publicKey === null || memberKey === null) return null;
  return meetingId === null || name === null ? null : { publicKey, memberKey, meetingId, name };
}

function refused(code: CertificateError["code"]): CertificateError {
  return new VigilError(code, "peer");
}
