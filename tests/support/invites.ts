import { randomBytes } from "node:crypto";
import { toBase64Url } from "../../core/base/bytes.ts";
import { Secret } from "../../core/base/secret.ts";
import { SigningKey } from "../../core/crypto/signing.ts";
import { issueCapability } from "../../core/membership/capability.ts";
import { deriveMeetingId } from "../../core/membership/meeting-id.ts";
import { encodeInvite, INVITE_PREFIX } from "../../core/wire/invite.ts";

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };

/** A well-formed invite to a meeting that nobody holds, good until `expiresAt` (ms since the Unix epoch), with these addresses. */
export function madeUpInvite({ expiresAt, addresses }: { expiresAt: number; addresses: readonly string[] }): string {
  const meetingSecret = new Secret("meeting-secret", random.bytes(32));
  const signingKey = SigningKey.generate(random);
  const meetingId = deriveMeetingId(meetingSecret);
  const wish = { meetingId, id: random.bytes(16), expiresAt, uses: 0, label: "" };
  const capability = issueCapability({ ...wish, signingKey });
  const link = encodeInvite({ meetingSecret, root: signingKey.publicKey, capability, addresses });
  if (!link.ok) throw link.error;
  return link.value;
}

/** The same link with its one character at `at` (counted from the payload's start) replaced by another of its alphabet. */
export function altered(link: string, at: number): string {
  const index = INVITE_PREFIX.length + at;
  return link.slice(0, index) + (link[index] === "A" ? "B" : "A") + link.slice(index + 1);
}

/** A link of a version that is not there yet. */
export function newerInvite(): string {
  return INVITE_PREFIX + toBase64Url(new Uint8Array([9, ...randomBytes(120)]));
}
