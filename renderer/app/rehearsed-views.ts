import type { MemberId } from "../../core/contract/parts.ts";
import type { Participant, View } from "../../core/contract/snapshots.ts";

const idOf = (letter: string): MemberId => letter.repeat(43) as MemberId;

function participant(letter: string, self: boolean): Participant {
  return {
    id: idOf(letter),
    name: "Vigil",
    self,
    moderator: self,
    newcomer: !self,
    joinedAt: 0,
    media: { microphone: true, camera: true, screen: false },
    reachable: true,
    away: false,
    link: "connected",
    path: "direct",
    epoch: 1,
    safetyNumber: null,
    verifiedAs: null,
    namesake: false,
    persona: { shown: null, contact: null, unlike: null },
    inRecords: false,
    hand: 0,
    reaction: null,
  };
}

/** The screens of somebody who starts a meeting into which another comes, of nobody in particular. */
export const REHEARSED: readonly View[] = [
  { screen: "lobby", role: "starter", admission: "invite", reach: "reached", entry: "not-asked" },
  {
    screen: "call",
    self: idOf("A"),
    meetingCode: "0".repeat(30),
    codeCompared: "no",
    startedAt: 0,
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
    participants: [participant("A", true), participant("B", false)],
    knocks: [],
    invite: { link: "vigil://join/#", expiresAt: 0, label: "", uses: 0, own: true, works: true },
    chat: [],
    files: [],
    notices: [],
    acts: { showNewcomers: false, chosen: [] },
    record: null,
  },
];
