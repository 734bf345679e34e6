import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sampleCall } from "../../support/scenes.ts";
import { commandsOf, nextCommand, ScreensStage, showView } from "../../support/screens-stage.ts";

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

/** The name of what has the focus, as a screen reader would say it first. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
    return element?.getAttribute("aria-label") ?? label ?? element?.textContent ?? "";
  });
}

/** Tabs on until the name has the focus, at most once around the page. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press("Tab");
    if ((await focused(page)) === name) return;
  }
  throw new Error(`Tab never reached ${name}`);
}

it("leads through a whole meeting without a mouse", async () => {
  const page = await stage.open();
  await tabTo(page, "Your name");
  await page.keyboard.type("Ada");
  await tabTo(page, "Start a meeting");
  await page.keyboard.press("Enter");

  await page.getByRole("heading", { name: "Ready to go in?" }).waitFor();
  expect(await focused(page)).toBe("Ready to go in?");
  await tabTo(page, "Camera");
  await page.keyboard.press("Space");
  await tabTo(page, "Enter meeting");
  await page.keyboard.press("Enter");

  expect(await nextCommand(page, "enter-meeting")).toMatchObject({
    name: "Ada",
    media: { microphone: true, camera: false },
  });
  await page.getByRole("figure", { name: "Ada" }).waitFor();
  await tabTo(page, "Mute");
  await page.keyboard.press("Enter");
  expect(await nextCommand(page, "set-media")).toMatchObject({ media: { microphone: false } });

  await tabTo(page, "Invite");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await tabTo(page, "Copy");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  // The focus comes back in the frame after.
  await expect.poll(() => focused(page)).toBe("Invite");

  await tabTo(page, "Chat");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Message" }).waitFor();
  await page.getByRole("textbox", { name: "Message" }).focus();
  await page.keyboard.type("Good evening");
  await page.keyboard.press("Enter");
  await page.getByRole("log", { name: "Messages" }).getByText("Good evening").waitFor();
  expect(await nextCommand(page, "send-chat")).toMatchObject({ text: "Good evening" });

  await tabTo(page, "Leave");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "You have left the meeting" }).waitFor();
  await tabTo(page, "Back to the start");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Start a meeting" }).waitFor();
  expect(await page.getByRole("textbox", { name: "Your name" }).inputValue()).toBe("Ada");
  await page.context().close();
});

it("switches microphone, camera, chat and list by shortcut from anywhere in the call", async () => {
  const page = await stage.open();
  await showView(page, sampleCall(2));
  await page.getByRole("list", { name: "Participants" }).waitFor();
  await page.keyboard.press("Control+d");
  await page.getByRole("button", { name: "Unmute" }).waitFor();
  await page.keyboard.press("Control+e");
  await page.getByRole("button", { name: "Start video" }).waitFor();
  await page.keyboard.press("Control+j");
  await page.getByRole("textbox", { name: "Message" }).waitFor();
  await page.keyboard.press("Control+p");
  await page.getByRole("list", { name: "Participants" }).waitFor({ state: "detached" });
  await page.context().close();
});

it("removes somebody only with a reason, and closes the question with Escape", async () => {
  const page = await stage.open();
  await showView(page, sampleCall(3));
  const row = page.getByRole("listitem", { name: "Bashir Rahimi" });
  await row.getByRole("button", { name: "Remove" }).focus();
  await page.keyboard.press("Enter");
  const question = page.getByRole("alertdialog", { name: /Remove .*Bashir Rahimi/ });
  await question.waitFor();
  expect(await focused(page)).toBe("Reason");
  await page.keyboard.press("Escape");
  await question.waitFor({ state: "detached" });

  await row.getByRole("button", { name: "Remove" }).focus();
  await page.keyboard.press("Enter");
  await question.getByRole("button", { name: "Remove" }).press("Enter");
  await question.getByText("Give a reason").waitFor();
  expect((await commandsOf(page)).map(({ type }) => type)).not.toContain("remove-member");
  await question.getByRole("textbox", { name: "Reason" }).fill("Shouted");
  await question.getByRole("button", { name: "Remove" }).press("Enter");
  expect(await nextCommand(page, "remove-member")).toMatchObject({ reason: "Shouted" });
  await page
    .getByText(/has removed .*Bashir Rahimi/)
    .filter({ visible: true })
    .waitFor();
  await page.context().close();
});

it("ends everything at once on one shortcut, whatever is open and wherever the focus is", async () => {
  const page = await stage.open();
  await showView(page, sampleCall(3));
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByRole("dialog").waitFor();
  // The window hears it, too: the host may have died.
  const windowHears = page.evaluate(
    () =>
      new Promise((resolve) => {
        window.addEventListener("message", ({ data }) => {
          if (data === "vigil:page-quit") resolve(true);
        });
      }),
  );
  await page.keyboard.press("Control+q");
  expect(await windowHears).toBe(true);
  expect(await nextCommand(page, "quit")).toEqual({ type: "quit" });
  expect((await page.locator("body").innerText()).trim()).toBe("");
  expect(await page.evaluate(() => globalThis.vigilDouble.media.calls)).toContain("end");
});
