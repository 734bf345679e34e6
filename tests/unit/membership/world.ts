import { memberIdOf, type MemberId } from "../../../core/base/member-id.ts";
import { SigningKey } from "../../../core/crypto/signing.ts";
import { createAdmissionRequest } from "../../../core/membership/admission.ts";
import { createAppeal } from "../../../core/membership/appeal.ts";
import type { Admission, EntryBody } from "../../../core/membership/body.ts";
import { issueCapability } from "../../../core/membership/capability.ts";
import { type SignedEntry, signEntry } from "../../../core/membership/entry.ts";
import type { EntryId } from "../../../core/membership/ids.ts";
import { author, createLog, type Log, merge } from "../../../core/membership/log.ts";
import { lowestFreeIndex, rosterOf } from "../../../core/membership/roster.ts";
import { seededRandom } from "../../support/seeded-random.ts";

const random = seededRandom(77);
export const MEETING = random.bytes(32);
export const NOW = 1_800_000_000_000;
export const fingerprint = (): string => Buffer.from(random.bytes(32)).toString("hex");

interface Written {
  readonly entry: Uint8Array;
  readonly id: EntryId;
  readonly counts: boolean;
}

/** One person with a copy of the log of their own. */
export class Person {
  readonly key = SigningKey.generate(random);
  readonly id: MemberId = memberIdOf(this.key.publicKey);
  log: Log;

  constructor(root: Uint8Array | null = null) {
    this.log = createLog({ meetingId: MEETING, root: root ?? this.key.publicKey });
  }

  /** Writes an entry; gives its bytes, and says whether it counts here. */
  write(body: EntryBody, time = NOW): Written {
    const { log, entry, id, counts } = author(this.log, { key: this.key, time, body });
    this.log = log;
    return { entry, id, counts };
  }

  /** Signs an entry behind any parents, whatever else this log holds, and takes it. */
  forge(parents: readonly EntryId[], body: EntryBody): SignedEntry {
    const sorted = [...parents].sort();
    const signed = signEntry({ meetingId: MEETING, parents: sorted, time: NOW, body }, this.key);
    this.hear(signed.bytes);
    return signed;
  }

  hear(...entries: readonly Uint8Array[]): string[] {
    const merged = merge(this.log, entries);
    this.log = merged.log;
    return merged.rejected.map(({ code }) => code);
  }

  /** Takes everything that another holds. */
  hearAllOf(other: Person): void {
    this.hear(...other.log.entries.map((entry) => entry.bytes));
  }

  request(): Uint8Array {
    return createAdmissionRequest({ meetingId: MEETING, signingKey: this.key, fingerprint: fingerprint() });
  }

  capability(change: { expiresAt?: number; uses?: number; id?: Uint8Array; label?: string } = {}): Uint8Array {
    const base = { id: random.bytes(16), expiresAt: NOW + 1000, uses: 0, label: "" };
    return issueCapability({ signingKey: this.key, meetingId: MEETING, ...base, ...change });
  }

  admit(newcomer: Person, capability: Uint8Array, time = NOW): Written {
    const index = lowestFreeIndex(rosterOf(this.log));
    return this.write({ type: "admit", request: newcomer.request(), index, capability }, time);
  }

  vote(motion: "remove" | "readmit", member: Person, approve = true): Written {
    return this.write({ type: "vote", motion, member: member.id, approve, reason: "" });
  }

  /** What this person says against a removal. */
  appeal(removal: EntryId, text = "let me back in"): Uint8Array {
    return createAppeal({ meetingId: MEETING, signingKey: this.key, removal, request: this.request(), text });
  }

  get members(): MemberId[] {
    return rosterOf(this.log).members.map(({ id }) => id);
  }
}

export function starter(admission: Admission = "invite"): Person {
  const person = new Person();
  person.write({ type: "create", policy: { admission, removal: "moderators" }, fingerprint: fingerprint() });
  return person;
}

/** A starter and others who were admitted one after the other, all holding the same log. */
export function meetingOf(count: number, admission: Admission = "invite"): [Person, ...Person[]] {
  const root = starter(admission);
  const capability = root.capability();
  const others = Array.from({ length: count - 1 }, () => new Person(root.key.publicKey));
  for (const other of others) root.admit(other, capability);
  for (const other of others) other.hearAllOf(root);
  return [root, ...others];
}

export function bytesOf(person: Person): Uint8Array[] {
  return person.log.entries.map((entry) => entry.bytes);
}

/** Each takes everything that any of the others holds. */
export function share(people: readonly Person[]): void {
  for (const person of people) for (const other of people) person.hearAllOf(other);
}
