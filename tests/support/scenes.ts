import type { MemberId } from "../../core/contract/parts.ts";
import { noActs } from "../../core/contract/local-acts.ts";
import type { Invite } from "../../core/contract/rules.ts";
import type { Participant, ScreenOf } from "../../core/contract/snapshots.ts";

const NAMES = [
  "Ada",
  "Bashir Rahimi",
  "Chen Yulan",
  "Dolores Ibárruri",
  "Emeka",
  "Фатима Алиева",
  "Goran",
  "Hye-jin",
  "نازنین زاغری",
  "Ines",
  "Jorge Luis Alvarado",
  "Kateryna",
  "Lindiwe",
  "Maximiliane von Hohenstein-Waldenburg zu Oberkirchberg",
  "Nadia",
];

/** A member id that is the same in every run and differs from the first character on. */
export function sampleMember(index: number): MemberId {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const spread = (place: number): string => alphabet.charAt((index * 31 + place * (7 + index)) % alphabet.length);
  return Array.from({ length: 43 }, (_, place) => spread(place + 1)).join("") as MemberId;
}

export function sampleParticipant(index: number, changes: Partial<Participant> = {}): Participant {
  const round = Math.floor(index / NAMES.length);
  return {
    id: sampleMember(index),
    name: `${NAMES[index % NAMES.length] ?? ""}${round === 0 ? "" : ` ${round + 1}`}`,
    self: index === 0,
    moderator: index === 0,
    newcomer: false,
    joinedAt: 1_800_000_000_000,
    media: { microphone: index % 3 !== 2, camera: index % 4 !== 3, screen: false },
    reachable: true,
    away: false,
    link: "connected",
    path: index % 5 === 4 ? "relayed" : "direct",
    epoch: 1,
    safetyNumber: null,
    verifiedAs: null,
    namesake: false,
    persona: { shown: null, contact: null, unlike: null },
    inRecords: false,
    hand: 0,
    reaction: null,
    ...changes,
  };
}

/** A call of `people`, of whom the first is this person. */
export function sampleCall(people: number, changes: Partial<ScreenOf<"call">> = {}): ScreenOf<"call"> {
  return {
    screen: "call",
    self: sampleMember(0),
    meetingCode: "314159265358979323846264338327",
    codeCompared: "no",
    startedAt: Date.now() - 754_000,
    admission: "invite",
    rules: {
      locked: false,
      admission: "invite",
      removal: "moderators",
      inviting: "moderators",
      votesDecide: false,
      motions: [],
      invites: [],
    },
    participants: Array.from({ length: people }, (_, index) => sampleParticipant(index)),
    knocks: [],
    invite: null,
    chat: [],
    files: [],
    notices: [],
    acts: noActs,
    record: null,
    ...changes,
  };
}

/** An invite that the first person made, by which nobody has come in. */
export function sampleMadeInvite(changes: Partial<Invite> = {}): Invite {
  return {
    id: "ab".repeat(16),
    label: "",
    by: sampleMember(0),
    byName: "Ada",
    expiresAt: Date.now() + 80_000_000,
    uses: 0,
    used: 0,
    members: [],
    cameIn: [],
    revoked: false,
    revocable: true,
    ...changes,
  };
}

export const sampleInvite = `vigil://join/#${"AQx7Rk2mPz0uVbYc9LtHsWq4".repeat(18)}`;

export const sampleSafetyNumber = "271828182845904523536028747135";

/** The bytes of "a record" in base64url. */
export const sampleRecord = "YSByZWNvcmQ";
