import { afterAll, beforeAll, expect, it } from "vitest";
import { sampleCall, sampleMember, sampleMadeInvite } from "../../support/scenes.ts";
import { commandsOf, nextCommand, ScreensStage, showView } from "../../support/screens-stage.ts";

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

/** A call of four in which everybody but the second has come after this person, two of them with pictures. */
function withNewcomers(): ReturnType<typeof sampleCall> {
  const call = sampleCall(4);
  const participants = call.participants.map((one, index) => ({
    ...one,
    newcomer: index > 1,
    name: index === 2 ? "★ Chen 🦄" : one.name,
    media: { microphone: true, camera: index > 0, screen: false },
  }));
  return { ...call, participants };
}

const paintAll = (members: readonly string[]): void => {
  for (const member of members) globalThis.vigilDouble.media.paint(member as never, ["camera", "microphone"]);
};

it("newcomers' pictures run on under a cover, which each goes by keyboard and all by one button", async () => {
  const page = await stage.open();
  await showView(page, withNewcomers());
  await page.evaluate(paintAll, [1, 2, 3].map(sampleMember));
  const covers = page.getByRole("button", { name: "Show picture" });
  await expect.poll(() => covers.count()).toBe(2);
  const chen = page.getByRole("figure", { name: "Chen", exact: true });
  const atCentre = (): Promise<string> =>
    chen.evaluate((tile) => {
      const { x, y, width } = tile.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + 10)?.className ?? "";
    });
  expect(await atCentre()).toBe("cover ");
  await page.waitForFunction(() => {
    const videos = [...document.querySelectorAll<HTMLVideoElement>("figure video")];
    return videos.length === 3 && videos.every((video) => video.videoWidth === 640);
  });
  await chen.getByRole("button", { name: "Show picture" }).press("Enter");
  const bare = page.getByRole("figure", { name: "★ Chen 🦄" });
  await bare.waitFor();
  expect(await bare.getByRole("button", { name: "Show picture" }).count()).toBe(0);
  expect(await covers.count()).toBe(1);
  await page.getByRole("button", { name: "Show everybody" }).press("Enter");
  await covers.waitFor({ state: "detached" });
  await page.getByText(/New people are covered/).waitFor({ state: "detached" });
  const asked = (await commandsOf(page)).map(({ type }) => type);
  expect(new Set(asked)).toEqual(new Set(["attach", "keep-acts"]));
  await page.context().close();
});

it("a page that comes after another shows what that one had chosen", async () => {
  const first = await stage.open();
  await showView(first, withNewcomers());
  await first.evaluate(paintAll, [1, 2, 3].map(sampleMember));
  await first.getByRole("figure", { name: "Chen" }).getByRole("button", { name: "Show picture" }).press("Enter");
  const { acts } = await nextCommand(first, "keep-acts");
  await first.context().close();

  const page = await stage.open();
  await showView(page, { ...withNewcomers(), acts });
  await page.evaluate(paintAll, [1, 2, 3].map(sampleMember));
  await page.getByRole("figure", { name: "★ Chen 🦄" }).waitFor();
  await expect.poll(() => page.getByRole("button", { name: "Show picture" }).count()).toBe(1);
  await page.context().close();
});

it("one person is covered, unheard and unread for this person alone", async () => {
  const page = await stage.open();
  const call = sampleCall(3);
  const message = {
    id: "1",
    from: sampleMember(1),
    name: "Bashir Rahimi",
    reply: null,
    at: Date.now(),
    delivered: 0,
    recipients: 0,
  };
  await showView(page, { ...call, chat: [{ ...message, text: "Look at this" }] });
  await page.evaluate(paintAll, [sampleMember(1)]);
  await page.getByRole("button", { name: "Chat", exact: true }).click();
  await page.getByText("Look at this").waitFor();
  await page.getByRole("listitem", { name: "Bashir Rahimi" }).getByRole("button", { name: "Details" }).press("Enter");
  for (const name of ["Cover picture and screen", "Do not hear them", "Hide their messages"]) {
    await page.getByRole("switch", { name }).press("Space");
  }
  await page.keyboard.press("Escape");
  await page.getByRole("figure", { name: "Bashir Rahimi" }).getByRole("button", { name: "Show picture" }).waitFor();
  await page.getByText("Look at this").waitFor({ state: "detached" });
  expect(await page.evaluate(() => [...document.querySelectorAll("audio")].map(({ muted }) => muted))).toEqual([true]);
  const asked = (await commandsOf(page)).map(({ type }) => type);
  expect(new Set(asked)).toEqual(new Set(["attach", "show-safety-number", "keep-acts"]));
  await page.context().close();
});

it("a shared screen of a newcomer is covered too", async () => {
  const page = await stage.open();
  const call = withNewcomers();
  const participants = call.participants.map((one, index) => ({
    ...one,
    media: { ...one.media, screen: index === 3 },
  }));
  await showView(page, { ...call, participants });
  await page.evaluate((member) => globalThis.vigilDouble.media.paint(member, ["screen"]), sampleMember(3));
  await page.getByRole("button", { name: "Show screen" }).press("Enter");
  await page.getByRole("button", { name: "Show screen" }).waitFor({ state: "detached" });
  await page.context().close();
});

it("the invites made are listed with who came in by which, and one is closed without disturbing anybody", async () => {
  const page = await stage.open();
  const call = sampleCall(3);
  const invite = sampleMadeInvite({
    label: "the lawyer",
    uses: 5,
    used: 2,
    members: [sampleMember(1), sampleMember(2)],
    cameIn: ["Bashir Rahimi", ""],
  });
  const others = { ...invite, id: "cd".repeat(16), label: "", by: sampleMember(1), byName: "Bashir", revocable: false };
  await showView(page, { ...call, rules: { ...call.rules, invites: [invite, others] } });
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByText("Invites so far (2)").press("Enter");
  const made = page.getByRole("listitem", { name: "the lawyer" });
  await made.getByText("2 of 5 people came in by it").waitFor();
  await made.getByText(/Came in: .*Bashir Rahimi.*No name yet/).waitFor();
  expect(await page.getByRole("listitem", { name: "An invite without a name" }).getByRole("button").count()).toBe(0);
  await made.getByRole("button", { name: "Close this invite" }).press("Enter");
  expect(await nextCommand(page, "revoke-invite")).toEqual({ type: "revoke-invite", invite: invite.id });
  await made.getByText(/Closed/).waitFor();
  await page.keyboard.press("Escape");
  await showView(page, { ...call, knocks: [{ knock: 3, label: "the lawyer", at: Date.now() }] });
  await page
    .getByRole("alert")
    .getByText(/By the invite .*the lawyer/)
    .waitFor();
  await page.context().close();
});
