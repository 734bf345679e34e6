import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { sampleCall, sampleInvite, sampleMember } from "../../support/scenes.ts";
import { commandsOf, nextCommand, ScreensStage, showView } from "../../support/screens-stage.ts";

declare global {
  /** Names of the elements that the page has put into others. */
  var created: Set<string>;
}

let stage: ScreensStage;
beforeAll(async () => {
  stage = await ScreensStage.raise();
});
afterAll(() => stage.strike());

describe("a host that dies", () => {
  it("takes the window to a clear screen with one button, which leads back to the meeting", async () => {
    const page = await stage.open();
    await page.getByRole("textbox", { name: "Your name" }).fill("Ada");
    await showView(page, {
      ...sampleCall(3),
      invite: { link: sampleInvite, expiresAt: Date.now() + 9_000_000, label: "", uses: 0, own: true, works: true },
    });
    await page.getByRole("button", { name: "Leave" }).waitFor();
    await page.evaluate(() => globalThis.vigilDouble.host.die());
    await page.getByRole("heading", { name: "Vigil has stopped for a moment" }).waitFor();
    expect(await page.getByRole("button").count()).toBe(1);
    await page.evaluate(() => globalThis.vigilDouble.host.renew());
    await page.getByRole("button", { name: "Return to the meeting" }).click();
    expect(await nextCommand(page, "open-invite")).toEqual({ type: "open-invite", name: "Ada", invite: sampleInvite });
    await page.getByRole("button", { name: "Enter meeting" }).waitFor();
    await page.context().close();
  });

  it("leads into the call at once where the next one has the person's place, and not back there after leaving", async () => {
    const page = await stage.open();
    const made = { link: sampleInvite, expiresAt: 9e12, label: "", uses: 0, own: true, works: true };
    for (const invite of [null, made]) {
      await showView(page, { ...sampleCall(3), invite });
      await page.getByRole("button", { name: "Leave" }).waitFor();
      await page.evaluate(() => globalThis.vigilDouble.host.die());
      await page.getByRole("button", { name: "Return to the meeting" }).click();
      await page.getByRole("button", { name: "Leave" }).waitFor();
    }
    expect(await page.getByRole("figure").count()).toBe(3);
    await showView(page, { screen: "home", invite: "" });
    await page.getByRole("button", { name: "Start a meeting" }).waitFor();
    expect((await commandsOf(page)).map(({ type }) => type)).not.toContain("open-invite");
    await page.context().close();
  });

  it("leads home when there was no meeting to return to", async () => {
    const page = await stage.open();
    await page.evaluate(() => globalThis.vigilDouble.host.die());
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Start a meeting" }).waitFor();
    await page.context().close();
  });
});

it("a host that does not answer is told after ten seconds, with one button to try again", async () => {
  const page = await stage.open({ mute: true, ownClock: true });
  await page.getByRole("heading", { name: "Starting" }).waitFor();
  await page.clock.fastForward(10_000);
  await page.getByRole("heading", { name: "Vigil does not answer" }).waitFor();
  await page.evaluate(() => {
    globalThis.vigilDouble.host.mute = false;
  });
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("button", { name: "Start a meeting" }).waitFor();
  await page.context().close();
});

it("the next screens are rehearsed out of sight, and nobody is asked for anything", async () => {
  const page = await stage.open();
  // Noted from the page's very beginning: how soon the rehearsal comes is the machine's affair.
  await page.addInitScript(() => {
    globalThis.created = new Set();
    Node.prototype.appendChild = new Proxy(Node.prototype.appendChild, {
      apply(append, parent: Node, [child]: [Node]) {
        globalThis.created.add(child.nodeName.toLowerCase());
        return Reflect.apply(append, parent, [child]);
      },
    });
  });
  await page.reload();
  await vi.waitFor(async () => expect(await page.evaluate(() => [...globalThis.created])).toContain("figure"), 30_000);
  expect(await page.locator("figure, video, .lobby, .call").count()).toBe(0);
  expect(await page.evaluate(() => globalThis.vigilDouble.media.calls)).not.toContain("prepare");
  expect((await commandsOf(page)).map(({ type }) => type)).toEqual(["attach"]);
  await page.context().close();
});

it("what breaks the contract is refused, and the screen stays as it was", async () => {
  const page = await stage.open();
  await showView(page, sampleCall(2));
  await page.getByRole("figure", { name: "Ada" }).waitFor();
  await page.evaluate(() => {
    const { host } = globalThis.vigilDouble;
    for (const message of [
      null,
      7,
      { channel: "snapshot", body: { revision: 999, view: { screen: "call" }, problem: null, settings: null } },
    ])
      host.postRaw(message);
    const { view } = host.state();
    if (view.screen === "call") host.show({ view: { ...view, participants: view.participants.slice(0, 1) } });
  });
  await page.getByRole("figure", { name: "Bashir Rahimi" }).waitFor({ state: "detached" });
  expect(await page.getByRole("figure", { name: "Ada" }).count()).toBe(1);
  await page.context().close();
});

it("a page that comes back in a call is muted if it was, and has its links built again", async () => {
  const page = await stage.open();
  const call = sampleCall(2);
  const participants = call.participants.map((one) =>
    one.self ? { ...one, media: { microphone: false, camera: true, screen: false } } : one,
  );
  await showView(page, { ...call, participants });
  await page.getByRole("button", { name: "Unmute" }).waitFor();
  await page.getByRole("button", { name: "Stop video" }).waitFor();
  await page.evaluate((member) => globalThis.vigilDouble.host.direct({ type: "close-link", member }), sampleMember(1));
  await page.waitForFunction(() => globalThis.vigilDouble.media.directives.length === 1);
  expect(await page.evaluate(() => globalThis.vigilDouble.media.calls)).toContain("prepare");
  await page.context().close();
});

it("a knock is answered where it is told", async () => {
  const page = await stage.open();
  const knocks = [3, 4].map((knock) => ({ knock, label: "", at: Date.now() }));
  await showView(page, { ...sampleCall(2), admission: "knock-any", knocks });
  await page.getByRole("button", { name: "Admit" }).first().click();
  expect(await nextCommand(page, "admit")).toEqual({ type: "admit", knock: 3 });
  await page.getByRole("button", { name: "Refuse" }).click();
  expect(await nextCommand(page, "refuse")).toMatchObject({ knock: 4 });
  await page.getByRole("alert").waitFor({ state: "detached" });
  await page.context().close();
});

describe("the tiles", () => {
  it("of thirty people are all inside a desktop window and none covers another", async () => {
    const page = await stage.open();
    await showView(page, sampleCall(30));
    await page.getByRole("figure").nth(29).waitFor();
    const boxes = await page
      .getByRole("figure")
      .evaluateAll((tiles) => tiles.map((tile) => tile.getBoundingClientRect().toJSON() as DOMRect));
    expect(boxes).toHaveLength(30);
    for (const box of boxes) {
      expect(box.top).toBeGreaterThanOrEqual(0);
      expect(box.bottom).toBeLessThanOrEqual(800);
      expect(box.right).toBeLessThanOrEqual(1280);
      const covering = boxes.filter(
        (other) => other.left < box.right && box.left < other.right && other.top < box.bottom && box.top < other.bottom,
      );
      expect(covering).toHaveLength(1);
    }
    await page.context().close();
  });

  it("are reached by pages in a small window", async () => {
    const page = await stage.open({ viewport: { width: 360, height: 640 } });
    await showView(page, sampleCall(30));
    await page.getByRole("button", { name: "Next page" }).click();
    await page.getByRole("figure", { name: "Nadia 2" }).waitFor();
    await page.context().close();
  });

  it("show who speaks", async () => {
    const page = await stage.open();
    await showView(page, sampleCall(3));
    const speaking = page.locator("figure[data-speaking]");
    await page.evaluate((member) => globalThis.vigilDouble.media.setLevel(member, 0.5), sampleMember(1));
    await speaking.waitFor();
    expect(await speaking.getAttribute("aria-label")).toBe("Bashir Rahimi");
    await page.evaluate((member) => globalThis.vigilDouble.media.setLevel(member, 0), sampleMember(1));
    await speaking.waitFor({ state: "detached" });
    await page.context().close();
  });

  it("play the picture that arrives", async () => {
    const page = await stage.open();
    await showView(page, sampleCall(2));
    await page.evaluate((member) => globalThis.vigilDouble.media.paint(member, ["camera"]), sampleMember(1));
    await page.waitForFunction(() => {
      const video = document.querySelector<HTMLVideoElement>('figure[aria-label="Bashir Rahimi"] video');
      return video !== null && video.videoWidth === 640;
    });
    await page.context().close();
  });
});

it("a knock is seen and answered also while the invite dialog is open", async () => {
  const page = await stage.open();
  await showView(page, { ...sampleCall(2), admission: "knock-any" });
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByRole("dialog").waitFor();
  await showView(page, { ...sampleCall(2), admission: "knock-any", knocks: [{ knock: 5, label: "", at: Date.now() }] });
  await page.getByRole("alert").getByRole("button", { name: "Admit" }).click();
  expect(await nextCommand(page, "admit")).toEqual({ type: "admit", knock: 5 });
  expect(await page.getByRole("dialog").count()).toBe(1);
  await page.context().close();
});

it("a meeting that is over takes its certificate with it: the next one is another", async () => {
  const page = await stage.open();
  const fingerprints = async (): Promise<string[]> =>
    (await commandsOf(page)).flatMap((command) => (command.type === "attach" ? [command.fingerprint] : []));
  await showView(page, sampleCall(2));
  await page.getByRole("button", { name: "Leave" }).click();
  await vi.waitFor(async () => expect(await fingerprints()).toHaveLength(2), { timeout: 10_000 });
  expect(new Set(await fingerprints()).size).toBe(2);
  await page.context().close();
});
