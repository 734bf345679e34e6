import type { Page } from "playwright-core";
import type { ProblemCode } from "../../core/contract/problems.ts";
import { files } from "./files-scene.ts";
import { hands } from "./hands-scenes.ts";
import { identityScenes } from "./identity-scenes.ts";
import { appealed, manyInvites, newcomers, newcomerShares, raided, removed, votedOn, voting } from "./ruling-scenes.ts";
import { inPage, type Scene } from "./scene.ts";
import { viewScenes } from "./view-scenes.ts";

const button = (name: string) => (page: Page) => page.getByRole("button", { name, exact: true }).click();

function call(people: number): (page: Page) => Promise<unknown> {
  return (page) =>
    page.evaluate((count) => {
      const { host, media, scenes } = globalThis.vigilDouble;
      const view = scenes.sampleCall(count);
      void media.media.prepare();
      for (const one of view.participants) if (!one.self && one.media.camera) media.paint(one.id, ["camera"]);
      if (view.participants[1] !== undefined) media.setLevel(view.participants[1].id, 0.5);
      host.show({ view });
    }, people);
}

function problem(code: ProblemCode): (page: Page) => Promise<unknown> {
  return (page) => page.evaluate((shown) => globalThis.vigilDouble.host.show({ problem: shown }), code);
}

const lobby = inPage(({ host }) => {
  host.show({ view: { screen: "lobby", role: "guest", admission: "knock-any", reach: "reached", entry: "not-asked" } });
});

const starterLobby = inPage(({ host }) => {
  host.show({
    view: { screen: "lobby", role: "starter", admission: "invite", reach: "reached", entry: "not-asked" },
  });
});

const unreachableLobby = inPage(({ host }) => {
  host.show({
    view: { screen: "lobby", role: "guest", admission: "invite", reach: "unreachable", entry: "entering" },
  });
});

const alone = inPage(({ host, media, scenes }) => {
  const invite = {
    link: scenes.sampleInvite,
    expiresAt: Date.now() + 86_400_000,
    label: "",
    uses: 0,
    own: true,
    works: true,
  };
  void media.media.prepare();
  host.show({ view: scenes.sampleCall(1, { invite }) });
});

const away = inPage(({ host, media, scenes }) => {
  const view = scenes.sampleCall(4);
  const participants = view.participants.map((one, index) =>
    index === 2 ? { ...one, away: true, link: "lost" as const } : one,
  );
  for (const one of participants) if (!one.self && one.media.camera) media.paint(one.id, ["camera"]);
  host.show({ view: { ...view, participants } });
});

const busyCall = inPage(({ host, media, scenes }) => {
  const view = scenes.sampleCall(10);
  const at = Date.now() - 120_000;
  const who = (index: number) => scenes.sampleMember(index);
  const told = { by: who(0), byName: "Ada", at } as const;
  const participants = view.participants.map((one, index) => {
    if (index === 3) return { ...one, link: "connecting" as const, path: "none" as const };
    if (index === 5) return { ...one, link: "lost" as const };
    return one;
  });
  for (const one of participants)
    if (!one.self && one.media.camera && one.link === "connected") media.paint(one.id, ["camera"]);
  void media.media.prepare();
  media.setLevel(who(1), 0.4);
  host.show({
    view: {
      ...view,
      participants,
      chat: [
        {
          id: "a",
          from: who(1),
          name: view.participants[1]?.name ?? "",
          text: "Is everybody there?",
          reply: null,
          at,
          delivered: 0,
          recipients: 0,
        },
        {
          id: "b",
          from: who(1),
          name: view.participants[1]?.name ?? "",
          text: "Here is the text: https://example.org/a/rather/long/path/that/does/not/end",
          reply: null,
          at,
          delivered: 0,
          recipients: 0,
        },
        {
          id: "c",
          from: who(0),
          name: view.participants[0]?.name ?? "",
          text: "I am reading it now.",
          reply: { from: who(1), id: "b" },
          at,
          delivered: 8,
          recipients: 9,
        },
        {
          id: "d",
          from: who(8),
          name: view.participants[8]?.name ?? "",
          text: "سلام، من هم خواندم. متن خوبی است.",
          reply: null,
          at,
          delivered: 0,
          recipients: 0,
        },
      ],
      notices: [
        { ...told, id: "n1", kind: "joined", member: who(4), name: "Emeka", reason: "", misdated: false },
        {
          ...told,
          id: "n2",
          kind: "removed",
          member: who(20),
          name: "Ken",
          reason: "Read out addresses",
          misdated: true,
        },
      ],
    },
  });
});

const knock = inPage(({ host, scenes }) => {
  host.show({
    view: {
      ...scenes.sampleCall(4),
      admission: "knock-any",
      knocks: [{ knock: 1, label: "the one I sent to the lawyer", at: Date.now() }],
    },
  });
});

const shared = inPage(({ host, media, scenes }) => {
  const view = scenes.sampleCall(6);
  const participants = view.participants.map((one, index) =>
    index === 1 ? { ...one, media: { ...one.media, screen: true } } : one,
  );
  for (const one of participants) if (!one.self) media.paint(one.id, ["camera", "screen"]);
  void media.media.prepare();
  host.show({ view: { ...view, participants } });
});

const trusting = inPage(({ host, media, scenes }) => {
  const view = scenes.sampleCall(5);
  const participants = view.participants.map((one, index) => {
    if (index === 1) return { ...one, verifiedAs: one.name };
    if (index === 2) return { ...one, verifiedAs: "Chen Y." };
    return index === 4 ? { ...one, name: "Bashir Rahimi", namesake: true } : one;
  });
  for (const one of participants) if (!one.self && one.media.camera) media.paint(one.id, ["camera"]);
  void media.media.prepare();
  host.show({ view: { ...view, participants, codeCompared: "changed" } });
});

const recorded = inPage(({ host, media, scenes }) => {
  const view = scenes.sampleCall(6);
  const participants = view.participants.map((one, index) => ({ ...one, inRecords: index === 1 || index === 3 }));
  for (const one of participants) if (!one.self && one.media.camera) media.paint(one.id, ["camera"]);
  host.show({ view: { ...view, participants } });
});

const troubled = inPage(({ media }) => {
  const { microphone, camera } = media.media.local();
  media.change({
    microphone: { ...microphone, problem: "busy" },
    camera: { ...camera, problem: "refused" },
    cameraStream: null,
  });
});

const waiting = inPage(({ host }) => {
  host.show({ view: { screen: "lobby", role: "guest", admission: "knock-any", reach: "reached", entry: "waiting" } });
});

/** Every view of the app. */
export const allScenes: readonly Scene[] = [
  { name: "home", set: () => Promise.resolve() },
  { name: "home-problem", set: problem("invite-altered") },
  { name: "home-settings", set: () => Promise.resolve(), then: button("Settings") },
  { name: "lobby", set: lobby },
  { name: "lobby-troubled", set: lobby, then: troubled },
  { name: "lobby-starter", set: starterLobby },
  { name: "lobby-unreachable", set: unreachableLobby },
  { name: "lobby-waiting", set: waiting },
  { name: "call-1", set: call(1) },
  { name: "call-alone", set: alone },
  { name: "call-2", set: call(2) },
  { name: "call-4", set: call(4) },
  { name: "call-10", set: busyCall },
  { name: "call-30", set: call(30) },
  { name: "call-hands", set: hands },
  { name: "call-hands-listed", set: hands, then: openParticipants },
  { name: "call-hands-bar", set: hands, then: closeParticipants },
  { name: "call-react", set: hands, then: button("React") },
  { name: "call-files", set: files, then: button("Chat") },
  { name: "call-chat", set: busyCall, then: button("Chat") },
  { name: "call-reply", set: busyCall, then: replyToSomebody },
  { name: "call-knock", set: knock },
  { name: "call-knock-why", set: knock, then: button("Say why") },
  { name: "call-away", set: away },
  { name: "call-covered", set: newcomers },
  { name: "call-covered-screen", set: newcomerShares },
  { name: "call-invites", set: manyInvites, then: openInvites },
  { name: "call-shared", set: shared },
  { name: "call-invite", set: call(4), then: button("Invite") },
  { name: "call-invite-choices", set: call(4), then: chooseInvite },
  { name: "call-settings", set: call(4), then: button("Settings") },
  { name: "call-remove", set: call(4), then: removeSomebody },
  { name: "call-remove-raid", set: raided, then: removeRaid },
  { name: "call-vote-remove", set: voting, then: removeSomebody },
  { name: "call-voting", set: voting, then: openHistory },
  { name: "call-voting-bar", set: voting, then: closeParticipants },
  { name: "call-voted-on", set: votedOn, then: openParticipants },
  { name: "call-rules", set: call(4), then: button("Meeting rules") },
  { name: "call-rules-read", set: voting, then: button("Meeting rules") },
  { name: "call-participants", set: busyCall, then: openParticipants },
  { name: "call-record", set: recorded, then: openRecord },
  { name: "call-details", set: trusting, then: openDetails },
  { name: "call-problem", set: call(4), then: problem("no-network") },
  { name: "ended-removed", set: removed },
  { name: "ended-appealed", set: appealed },
  ...identityScenes,
  ...viewScenes,
  { name: "host-died", set: inPage(({ host }) => host.die()) },
];

async function openParticipants(page: Page): Promise<void> {
  const toggle = page.getByRole("button", { name: "Participants", exact: true });
  if ((await toggle.getAttribute("aria-pressed")) === "false") await toggle.click();
}

async function closeParticipants(page: Page): Promise<void> {
  const toggle = page.getByRole("button", { name: "Participants", exact: true });
  if ((await toggle.getAttribute("aria-pressed")) === "true") await toggle.click();
}

async function replyToSomebody(page: Page): Promise<void> {
  await button("Chat")(page);
  await page.getByRole("button", { name: "Reply" }).nth(3).press("Enter");
}

async function openHistory(page: Page): Promise<void> {
  await openParticipants(page);
  await page.getByText("What happened").click();
}

async function chooseInvite(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByText("Another kind of link").click();
}

async function openInvites(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByText(/Invites so far/).click();
}

async function openDetails(page: Page): Promise<void> {
  await openParticipants(page);
  await page.getByRole("button", { name: "Details" }).nth(1).click();
}

async function openRecord(page: Page): Promise<void> {
  await openParticipants(page);
  await page.getByRole("button", { name: "Record of this meeting" }).click();
  await page.getByRole("button", { name: "Save record" }).click();
}

async function removeSomebody(page: Page): Promise<void> {
  await openParticipants(page);
  await page.getByRole("button", { name: "Remove" }).first().click();
}

async function removeRaid(page: Page): Promise<void> {
  await openParticipants(page);
  await page.getByRole("button", { name: "Remove" }).last().click();
  await page.getByText("Remove others as well").click();
  await page.getByRole("button", { name: /came in by the same invite/ }).click();
}
