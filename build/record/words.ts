import { toHex } from "../../core/base/bytes.ts";
import { cleanName, UNSHOWABLE } from "../../core/contract/clean-name.ts";
import type { MemberId } from "../../core/base/member-id.ts";
import type { Act, ActKind } from "../../core/membership/acts.ts";
import type { MeetingRecord } from "../../core/membership/record.ts";
import { actsOf, rosterOf } from "../../core/membership/roster.ts";

const SAID: Readonly<Record<ActKind, string>> = {
  created: "BY started the meeting",
  admitted: "BY let in NAME",
  left: "NAME left",
  removed: "BY removed NAME",
  "voted-out": "NAME was voted out; BY put it down",
  readmitted: "NAME was voted back in; BY put it down",
  appealed: "NAME asked to come back",
  appointed: "BY made NAME a moderator",
  dismissed: "BY ended the role of NAME as a moderator",
  locked: "BY locked the meeting",
  unlocked: "BY unlocked the meeting",
  "invite-closed": "BY closed an invite",
  "vote-remove": "BY voted to remove NAME",
  "vote-readmit": "BY voted to let NAME back in",
  "vote-withdrawn": "BY took back a vote about NAME",
  "admission-invite": "BY set: anyone with a link comes in",
  "admission-knock-any": "BY set: anyone in the meeting lets people in",
  "admission-knock-moderator": "BY set: a moderator lets people in",
  "removal-moderators": "BY set: moderators remove people",
  "removal-votes": "BY set: votes decide who must go",
  "inviting-moderators": "BY set: moderators make invites",
  "inviting-members": "BY set: every member can make invites",
};

const AGREED = ", whose holder has signed that this name may stand here";

/**
 * A record in words, a line each. Whoever did not agree to be named is a letter, in the order in which people came; of each name it is
 * said that its bearer agreed.
 */
export function wordsOfRecord({ log, by, time, names }: MeetingRecord): readonly string[] {
  const acts = actsOf(log);
  const people = [...new Set(acts.flatMap(({ by: author, about }) => [author, about]))];
  const shown = new Map(people.map((id, index) => [id, shownName(names.get(id), index)]));
  const nameOf = (id: MemberId): string => shown.get(id) ?? "somebody";
  const { members } = rosterOf(log);
  return [
    `VALID a record of meeting ${toHex(log.meetingId)}`,
    `made by ${nameOf(by)} at ${dateOf(time)}, ${log.entries.length} entries, all signed and in their place`,
    ...people.map((id) => `${nameOf(id)} is the key ${id}${names.has(id) ? AGREED : ""}`),
    ...acts.map((act) => `${dateOf(act.time)} ${said(act, nameOf)}`),
    `at the end in the meeting: ${members.map(({ id }) => nameOf(id)).join(", ") || "nobody"}`,
  ];
}

function said({ kind, by, about, text }: Act, nameOf: (id: MemberId) => string): string {
  const sentence = SAID[kind].replace(/BY|NAME/gu, (hole) => nameOf(hole === "BY" ? by : about));
  const words = text.replace(/\s+/gu, " ").replace(UNSHOWABLE, "").trim();
  if (words === "") return sentence;
  return kind === "admitted" ? `${sentence} by the invite "${words}"` : `${sentence}: "${words}"`;
}

/** A, B, … Z, A2, B2, …; a name that was given stands beside its letter, which nobody else can take. */
function shownName(name: string | undefined, index: number): string {
  const round = Math.floor(index / 26);
  const letter = `${String.fromCharCode(65 + (index % 26))}${round === 0 ? "" : round + 1}`;
  const given = cleanName(name ?? "");
  return given === "" ? letter : `${letter} (${given})`;
}

/** Times are what each author's clock said; one that is no date is shown as it is. */
function dateOf(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString();
}
