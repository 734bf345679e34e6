import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Cast } from "../support/cast.ts";
import type { Client } from "../support/client.ts";

// A long-lived identity in the real window and the real host: made, shown, saved by somebody else, opened again, carried over.

const LIMIT_MS = 180_000;
const PASSPHRASE = "four words of hers";
const COPY_PASSPHRASE = "another for the copy";

const cast = new Cast();
afterAll(() => cast.end());

async function settings(client: Client): Promise<void> {
  await client.button("Settings").click();
  await client.page.getByRole("heading", { name: "Identity", exact: true }).waitFor();
}

async function closeSettings(client: Client): Promise<void> {
  await client.page.keyboard.press("Escape");
  await client.page.getByRole("dialog").waitFor({ state: "detached" });
}

async function type(client: Client, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(fields)) {
    await client.page.getByRole("dialog").getByLabel(name, { exact: true }).fill(text);
  }
}

async function makeIdentity(client: Client, name: string): Promise<void> {
  await settings(client);
  await client.button("Create an identity").click();
  const passphrases = { "New passphrase": PASSPHRASE, "The same passphrase again": PASSPHRASE };
  await type(client, { "Name of the identity": name, ...passphrases });
  await client.button("Create").click();
  await client.button("Lock").waitFor();
  await closeSettings(client);
}

async function openDetails(client: Client, member: string): Promise<void> {
  const row = client.page.getByRole("listitem", { name: member });
  await row.getByRole("button", { name: "Details" }).click();
}

test(
  "an identity that somebody shows is saved by another, whose own opens again with its passphrase alone and moves as one file",
  async () => {
    const profile = cast.folder();
    const quiet = { fakeMedia: false } as const;
    const mine = { name: "Ben", profile, ...quiet };
    let ben = await cast.start(mine);
    const ana = await cast.start({ name: "Ana", ...quiet });
    await Promise.all([makeIdentity(ana, "Ana of the archive"), makeIdentity(ben, "Ben the binder")]);

    await ana.prepareMeeting();
    await ana.page.getByRole("switch", { name: /Show my identity .*Ana of the archive/ }).press("Space");
    await ana.enter();
    const invite = await ana.inviteLink();
    await ben.openInvite(invite);
    await ben.enter();
    await openDetails(ben, "Ana");
    await ben.page.getByText(/Shows the identity .*Ana of the archive/).waitFor();
    await ben.page.getByLabel("Your name for them").fill("Ana (sister)");
    await ben.button("Save as contact").click();
    await ben.page.getByText(/You saved this identity as .*Ana \(sister\)/).waitFor();
    // He chose to show nothing, so nothing is there to be saved.
    await openDetails(ana, "Ben");
    await ana.page.getByRole("dialog").getByLabel("Safety number").waitFor();
    expect(await ana.page.getByText(/Ben the binder/).count()).toBe(0);

    await ben.stop();
    const file = join(profile, "identity.vigil-identity");
    const kept = readFileSync(file);
    for (const word of ["Ana", "Ben", PASSPHRASE]) expect(kept.includes(word)).toBe(false);
    ben = await cast.start(mine);
    await settings(ben);
    await ben.page.getByText("There is an identity here. It is locked.").waitFor();
    await type(ben, { Passphrase: `${PASSPHRASE} ` });
    await ben.button("Unlock").click();
    await ben.page.getByRole("alert").getByText("This passphrase does not open the identity.").waitFor();
    expect(await ben.page.getByText("Ben the binder").count()).toBe(0);
    expect(readFileSync(file)).toEqual(kept);
    await type(ben, { Passphrase: PASSPHRASE });
    await ben.button("Unlock").click();
    await ben.page.getByText("Ana (sister)").waitFor();

    await ben.button("Export to a file").click();
    await type(ben, { "New passphrase": COPY_PASSPHRASE, "The same passphrase again": COPY_PASSPHRASE });
    const saved = ben.page.waitForEvent("download");
    await ben.button("Export").click();
    const copy = await (await saved).path();
    expect(readFileSync(copy)).not.toEqual(kept);
    await ben.button("Delete").click();
    await ben.page.getByRole("group", { name: "Delete" }).getByRole("button", { name: "Delete" }).click();
    await ben.button("Import from a file").click();
    expect(readdirSync(profile)).not.toContain("identity.vigil-identity");
    await ben.page.locator("input[type=file]").last().setInputFiles(copy);
    await type(ben, { Passphrase: COPY_PASSPHRASE });
    await ben.button("Import").click();
    await ben.page.getByText("Ben the binder").waitFor();
    await closeSettings(ben);

    await ben.openInvite(invite);
    await ben.enter();
    await openDetails(ben, "Ana");
    await ben.page.getByText(/You saved this identity as .*Ana \(sister\)/).waitFor();
  },
  LIMIT_MS,
);
