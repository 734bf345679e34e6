import { inPage } from "./scene.ts";

export const voting = inPage(({ host, media, scenes }) => {
  const view = scenes.sampleCall(5, { admission: "knock-any" });
  const who = (index: number) => scenes.sampleMember(index);
  const participants = view.participants.map((one) => ({ ...one, moderator: false }));
  const at = Date.now() - 60_000;
  for (const one of participants) if (!one.self && one.media.camera) media.paint(one.id, ["camera"]);
  const removal = {
    motion: "remove",
    member: who(4),
    name: "Emeka",
    reason: "Insults or threatens others",
    byName: "Maximiliane von Hohenstein-Waldenburg zu Oberkirchberg",
    appeal: "",
    at,
    approvals: 1,
    needed: 3,
    own: false,
  } as const;
  const readmission = {
    motion: "readmit",
    member: who(6),
    name: "Goran",
    reason: "",
    byName: "",
    appeal:
      "I was reading from the statement, and somebody took it for a threat. I would like to explain it to all of you.",
    at,
    approvals: 2,
    needed: 3,
    own: true,
  } as const;
  const notice = { member: who(0), name: "Ada", by: who(0), byName: "Ada", reason: "", at, misdated: false } as const;
  host.show({
    view: {
      ...view,
      participants,
      rules: { ...view.rules, locked: true, votesDecide: true, motions: [removal, readmission] },
      notices: [
        { ...notice, id: "1", kind: "locked" },
        { ...notice, id: "2", kind: "appointed", member: who(1), name: "Bashir Rahimi", misdated: true },
        { ...notice, id: "3", kind: "admission-knock-any" },
        {
          ...notice,
          id: "4",
          kind: "voted-out",
          member: who(6),
          name: "Goran",
          by: null,
          byName: "",
          reason: "Shouts",
        },
        { ...notice, id: "5", kind: "appealed", member: who(6), name: "Goran", reason: "I was reading." },
      ],
    },
  });
});

export const votedOn = inPage(({ host, scenes }) => {
  const view = scenes.sampleCall(4);
  const motion = {
    motion: "remove",
    member: scenes.sampleMember(0),
    name: "Ada",
    reason: "Disturbs the meeting",
    byName: "Chen Yulan",
    appeal: "",
    at: Date.now(),
    approvals: 2,
    needed: 3,
    own: false,
  } as const;
  host.show({ view: { ...view, rules: { ...view.rules, votesDecide: true, motions: [motion] } } });
});

export const removed = inPage(({ host }) => {
  host.show({
    view: {
      screen: "ended",
      cause: "removed",
      by: "Ada",
      reason: "Read out other people's addresses.",
      at: Date.now(),
      appeal: "possible",
    },
  });
});

export const appealed = inPage(({ host }) => {
  host.show({
    view: { screen: "ended", cause: "removed", by: "", reason: "Shouts.", at: Date.now(), appeal: "taken" },
  });
});

export const newcomers = inPage(({ host, media, scenes }) => {
  const view = scenes.sampleCall(5);
  const participants = view.participants.map((one, index) => ({
    ...one,
    newcomer: index > 1,
    name: index === 2 ? "★ Chen 🦄 Yulan ★" : one.name,
    media: { ...one.media, screen: false },
  }));
  for (const one of participants) if (!one.self && one.media.camera) media.paint(one.id, ["camera"]);
  host.show({ view: { ...view, participants } });
});

export const newcomerShares = inPage(({ host, media, scenes }) => {
  const view = scenes.sampleCall(5);
  const participants = view.participants.map((one, index) => ({
    ...one,
    newcomer: index > 0,
    media: { ...one.media, screen: index === 1 },
  }));
  for (const one of participants) if (!one.self) media.paint(one.id, ["camera", "screen"]);
  host.show({ view: { ...view, participants } });
});

export const manyInvites = inPage(({ host, scenes }) => {
  const view = scenes.sampleCall(4);
  const invites = [
    scenes.sampleMadeInvite({
      id: "0".repeat(32),
      used: 2,
      members: [scenes.sampleMember(1), scenes.sampleMember(2)],
      cameIn: ["Bashir Rahimi", ""],
    }),
    scenes.sampleMadeInvite({
      id: "1".repeat(32),
      label: "the one I sent to the lawyer of the second family in the other country",
      uses: 5,
      used: 1,
      cameIn: ["Maximiliane von Hohenstein-Waldenburg zu Oberkirchberg"],
    }),
    scenes.sampleMadeInvite({ id: "2".repeat(32), label: "Newsroom", uses: 1, revoked: true, revocable: false }),
  ];
  host.show({ view: { ...view, rules: { ...view.rules, invites } } });
});

export const raided = inPage(({ host, media, scenes }) => {
  const view = scenes.sampleCall(10);
  const members = [4, 5, 6, 7, 8, 9].map((index) => scenes.sampleMember(index));
  const invite = scenes.sampleMadeInvite({ label: "the one on the poster", used: members.length, members });
  for (const one of view.participants) if (!one.self) media.paint(one.id, ["camera"]);
  const participants = view.participants.map((one, index) => ({ ...one, newcomer: index > 3, moderator: index < 2 }));
  host.show({ view: { ...view, participants, rules: { ...view.rules, invites: [invite] } } });
});
