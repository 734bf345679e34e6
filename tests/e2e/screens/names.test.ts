import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleCall, sampleParticipant } from "../../support/scenes.ts";
import { ScreensStage, showView } from "../../support/screens-stage.ts";

type Role = Parameters<Page["getByRole"]>[0];

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

/** Each name leads to exactly one element, also for those who look for a part of it. */
async function expectOne(page: Page, role: Role, name: string): Promise<void> {
  await page.getByRole(role, { name }).first().waitFor();
  expect(await page.getByRole(role, { name }).count(), `${role} ${name}`).toBe(1);
}

const sizes = [
  { width: 1280, height: 800 },
  { width: 360, height: 640 },
];

describe.each(sizes)("the names that assistive technology relies on, at $width by $height", (viewport) => {
  it("are on the first screen", async () => {
    const page = await stage.open({ viewport });
    await expectOne(page, "textbox", "Your name");
    await expectOne(page, "button", "Start a meeting");
    await expectOne(page, "textbox", "Invite link");
    await expectOne(page, "button", "Join");
    await page.context().close();
  });

  it("are on the screen before entering, and while waiting", async () => {
    const page = await stage.open({ viewport });
    const view = { screen: "lobby", role: "guest", admission: "knock-any", reach: "reached" } as const;
    await showView(page, { ...view, entry: "not-asked" });
    await expectOne(page, "switch", "Microphone");
    await expectOne(page, "switch", "Camera");
    await expectOne(page, "button", "Enter meeting");
    await page.locator("video").waitFor();
    await showView(page, { ...view, entry: "waiting" });
    await expectOne(page, "status", "Waiting to be admitted");
    expect(await page.getByRole("status").count()).toBe(1);
    expect(await page.getByRole("status").textContent()).toContain("Waiting to be admitted");
    await page.context().close();
  });

  it("are in the call", async () => {
    const page = await stage.open({ viewport });
    await showView(page, sampleCall(3));
    for (const name of ["Mute", "Stop video", "Share screen", "Invite", "Chat", "Leave"])
      await expectOne(page, "button", name);
    for (const { name } of sampleCall(3).participants) await expectOne(page, "figure", name);
    if (viewport.width < 900) await page.getByRole("button", { name: "Participants" }).click();
    await expectOne(page, "list", "Participants");
    const list = page.getByRole("list", { name: "Participants" });
    expect(await list.getByRole("listitem").count()).toBe(3);
    for (const { name, id } of sampleCall(3).participants) {
      const item = list.getByRole("listitem", { name, exact: true });
      expect(await item.getAttribute("data-member")).toBe(id);
    }
    await page.context().close();
  });

  it("change with what the buttons do", async () => {
    const page = await stage.open({ viewport });
    await showView(page, sampleCall(2));
    await page.getByRole("button", { name: "Mute" }).click();
    await expectOne(page, "button", "Unmute");
    await page.getByRole("button", { name: "Stop video" }).click();
    await expectOne(page, "button", "Start video");
    await page.getByRole("button", { name: "Share screen" }).click();
    await expectOne(page, "button", "Stop sharing");
    await page.context().close();
  });

  it("give the 30 digits of the meeting code", async () => {
    const page = await stage.open({ viewport });
    const call = sampleCall(10);
    await showView(page, call);
    if (viewport.width < 900) await page.getByRole("button", { name: "Participants" }).click();
    const code = page.getByLabel("Meeting code");
    await code.waitFor();
    expect(await code.count()).toBe(1);
    expect((await code.innerText()).replace(/\D/g, "")).toBe(call.meetingCode);
    expect(await page.getByText("Meeting code").count()).toBe(1);
    const box = await code.boundingBox();
    expect(box === null ? Infinity : box.y + box.height).toBeLessThanOrEqual(viewport.height);
    await page.context().close();
  });

  it("are in the invite dialog", async () => {
    const page = await stage.open({ viewport });
    await showView(page, sampleCall(2));
    await page.getByRole("button", { name: "Invite" }).click();
    await expectOne(page, "textbox", "Invite link");
    await expectOne(page, "button", "Copy");
    await expectOne(page, "img", "Invite QR code");
    const link = page.getByRole("textbox", { name: "Invite link" });
    expect(await link.isEditable()).toBe(false);
    expect(await link.inputValue()).toMatch(/^vigil:\/\/join\/#/);
    await page.context().close();
  });

  it("are on a knock, which names the invite and nobody", async () => {
    const page = await stage.open({ viewport });
    const knocks = [{ knock: 7, label: "Newsroom", at: Date.now() }];
    await showView(page, { ...sampleCall(2), admission: "knock-any", knocks });
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.getByRole("button", { name: "Admit" }).count()).toBe(1);
    expect(await alert.getByRole("button", { name: "Refuse" }).count()).toBe(1);
    expect(await alert.textContent()).toMatch(/^Somebody wants to come in.*By the invite .*Newsroom/);
    await page.context().close();
  });
});

it("say on every tile how the member is connected", async () => {
  const page = await stage.open();
  const states = [
    { link: "connecting", path: "none", words: "Connecting" },
    { link: "connected", path: "direct", words: "Connected directly" },
    { link: "connected", path: "relayed", words: "Connected through a relay" },
    { link: "lost", path: "none", words: "Connection lost" },
  ] as const;
  const others = states.map(({ link, path }, index) => sampleParticipant(index + 1, { link, path }));
  await showView(page, { ...sampleCall(1), participants: [sampleParticipant(0), ...others] });
  for (const [index, { words }] of states.entries()) {
    const figure = page.getByRole("figure", { name: others[index]?.name ?? "" });
    await figure.waitFor();
    expect(await figure.textContent()).toContain(words);
  }
  await page.context().close();
});
