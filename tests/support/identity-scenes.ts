import type { Page } from "playwright-core";
import { inPage, type Scene } from "./scene.ts";

const open = inPage(({ host, samplePersona }) => {
  const contact = (letter: string) => letter.repeat(43) as typeof samplePersona.id;
  host.show({
    identity: {
      ...host.state().identity,
      state: "open",
      persona: samplePersona,
      contacts: [
        { id: contact("B"), name: "Bashir", toldName: "Bashir Rahimi", verified: true },
        { id: contact("C"), name: "Chen Yulan", toldName: "Chen Yulan", verified: false },
      ],
    },
  });
});

const mistyped = inPage(({ host }) => {
  host.show({ identity: { ...host.state().identity, state: "locked", fault: "passphrase-wrong" } });
});

const inLobby = inPage(({ host, samplePersona }) => {
  host.show({
    view: { screen: "lobby", role: "guest", admission: "knock-any", reach: "reached", entry: "not-asked" },
    identity: { ...host.state().identity, state: "open", persona: samplePersona },
  });
});

/** One who shows an identity that is not known yet, one contact, and one with a contact's name and another identity. */
const shown = inPage(({ host, scenes, samplePersona }) => {
  const view = scenes.sampleCall(4);
  const is = (name: string, contact: string | null, unlike: string | null) => ({
    persona: { shown: { ...samplePersona, name }, contact, unlike },
  });
  const participants = view.participants.map((one, index) => {
    if (index === 1) return { ...one, ...is("Bashir Rahimi", null, null) };
    if (index === 2) return { ...one, ...is("Chen Yulan", "Chen (sister)", null), verifiedAs: one.name };
    return index === 3 ? { ...one, ...is("Dolores", null, "Dolores Ibárruri") } : one;
  });
  host.show({
    view: { ...view, participants },
    identity: { ...host.state().identity, state: "open", persona: samplePersona },
  });
});

const settings = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.getByRole("heading", { name: "Identity", exact: true }).scrollIntoViewIfNeeded();
};

const detailsOf = (place: number) => async (page: Page) => {
  const toggle = page.getByRole("button", { name: "Participants", exact: true });
  if ((await toggle.getAttribute("aria-pressed")) === "false") await toggle.click();
  await page.getByRole("button", { name: "Details" }).nth(place).click();
};

async function create(page: Page): Promise<void> {
  await settings(page);
  await page.getByRole("button", { name: "Create an identity" }).click();
}

/** Every view of the optional long-lived identity. */
export const identityScenes: readonly Scene[] = [
  { name: "identity-none", set: () => Promise.resolve(), then: settings },
  { name: "identity-create", set: () => Promise.resolve(), then: create },
  { name: "identity-locked", set: mistyped, then: settings },
  { name: "identity-open", set: open, then: settings },
  { name: "identity-lobby", set: inLobby },
  { name: "identity-details", set: shown, then: detailsOf(0) },
  { name: "identity-contact", set: shown, then: detailsOf(1) },
  { name: "identity-unlike", set: shown, then: detailsOf(2) },
];
