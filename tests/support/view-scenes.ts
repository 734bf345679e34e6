import type { Page } from "playwright-core";
import { inPage, type Scene } from "./scene.ts";
import { statistics } from "./statistics-scenes.ts";

async function choose(
  page: Page,
  item: string,
  role: "menuitem" | "menuitemradio" | "menuitemcheckbox",
): Promise<void> {
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByRole(role, { name: item }).click();
}

async function openStatistics(page: Page): Promise<void> {
  await choose(page, "Statistics", "menuitem");
  // Only the second count tells what changes.
  await page.getByText("kbit/s").first().waitFor();
}

async function speakerLarge(page: Page): Promise<void> {
  await choose(page, "Speaker large", "menuitemradio");
  await page.keyboard.press("Escape");
}

async function openDetails(page: Page): Promise<void> {
  const toggle = page.getByRole("button", { name: "Participants", exact: true });
  if ((await toggle.getAttribute("aria-pressed")) === "false") await toggle.click();
  await page.getByRole("button", { name: "Details" }).first().click();
}

const left = inPage(({ host }) => {
  host.show({ view: { screen: "ended", cause: "left", by: "", reason: "", at: Date.now(), appeal: "none" } });
});

/** A call in which somebody passes on the pictures of two others, one of whom shares a screen. */
const passed = inPage(({ host, media, scenes }) => {
  const view = scenes.sampleCall(6);
  const participants = view.participants.map((one, index) =>
    index === 1 ? { ...one, media: { ...one.media, camera: true } } : one,
  );
  const others = participants.filter(({ self }) => !self);
  void media.media.prepare();
  for (const one of others) if (one.media.camera) media.paint(one.id, ["camera"]);
  const [first, second, third] = others;
  if (first !== undefined && second !== undefined && third !== undefined) {
    media.pass(first.id, third.id);
    media.pass(second.id, third.id);
  }
  host.show({ view: { ...view, participants } });
});

/** A call of so many, the third of whom speaks; one of them may share a screen. */
function people(count: number, sharing = false): (page: Page) => Promise<unknown> {
  return (page) =>
    page.evaluate(
      ([many, shares]) => {
        const { host, media, scenes } = globalThis.vigilDouble;
        const view = scenes.sampleCall(many);
        const participants = view.participants.map((one, index) =>
          shares && index === 1 ? { ...one, media: { ...one.media, screen: true } } : one,
        );
        void media.media.prepare();
        for (const one of participants) if (!one.self && one.media.camera) media.paint(one.id, ["camera", "screen"]);
        const speaker = participants[2];
        if (speaker !== undefined) media.setLevel(speaker.id, 0.5);
        host.show({ view: { ...view, participants } });
      },
      [count, sharing] as const,
    );
}

const COUNTS = [1, 2, 4, 10, 25] as const;

/** What the menu of views chooses and opens, and what is left when it is over. */
export const viewScenes: readonly Scene[] = [
  { name: "call-passed", set: passed },
  { name: "call-statistics", set: statistics, then: openStatistics },
  {
    name: "call-view",
    set: people(4),
    then: (page) => page.getByRole("button", { name: "View", exact: true }).click(),
  },
  ...COUNTS.map((count): Scene => ({ name: `layout-grid-${count}`, set: people(count) })),
  ...COUNTS.map((count): Scene => ({ name: `layout-speaker-${count}`, set: people(count), then: speakerLarge })),
  ...COUNTS.slice(1).map((count): Scene => ({ name: `layout-shared-${count}`, set: people(count, true) })),
  {
    name: "layout-pinned",
    set: people(10),
    then: (page) => page.getByRole("button", { name: /Pin .*Dolores/ }).press("Enter"),
  },
  { name: "layout-no-self", set: people(4), then: (page) => choose(page, "My own picture", "menuitemcheckbox") },
  { name: "call-sound-only", set: people(4), then: (page) => choose(page, "Sound only", "menuitemcheckbox") },
  { name: "call-volume", set: people(4), then: openDetails },
  { name: "ended-left", set: left },
];
