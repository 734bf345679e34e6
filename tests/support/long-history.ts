import type { EntryBody } from "../../core/membership/body.ts";
import { signEntry } from "../../core/membership/entry.ts";
import type { EntryId } from "../../core/membership/ids.ts";
import { bytesOf, fingerprint, MEETING, NOW, type Person } from "../unit/membership/world.ts";

/** Places of what moderators write in the list of what is written. */
const MODERATED = new Set([1, 3, 4]);

/** What members write over a long meeting, in turn, each behind the last. */
export function longHistory(people: readonly [Person, ...Person[]], length: number): Uint8Array[] {
  const [root] = people;
  const entries = bytesOf(root);
  let parents: EntryId[] = [...root.log.headIds];
  const subject = people[1]?.id ?? root.id;
  const bodies: readonly EntryBody[] = [
    { type: "device", fingerprint: fingerprint() },
    { type: "lock" },
    { type: "vote", motion: "remove", member: subject, approve: true, reason: "" },
    { type: "unlock" },
    { type: "policy", policy: { admission: "invite", removal: "votes" } },
    { type: "device", fingerprint: fingerprint() },
    { type: "revoke-invite", id: "00".repeat(16), issuer: root.id },
  ];
  while (entries.length < length) {
    const place = entries.length;
    const author = people[place % people.length] ?? root;
    // What only moderators may write comes now and then; what anybody may, all the time.
    const kind = place > 500 && MODERATED.has(place % bodies.length) ? 0 : place % bodies.length;
    const body = bodies[kind] ?? { type: "leave" };
    const signed = signEntry({ meetingId: MEETING, parents, time: NOW + place, body }, author.key);
    parents = [signed.id];
    entries.push(signed.bytes);
  }
  return entries;
}
