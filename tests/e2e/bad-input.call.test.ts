import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Cast, meet } from "../support/cast.ts";
import { startProgram, type Client } from "../support/client.ts";
import { altered, madeUpInvite, newerInvite } from "../support/invites.ts";
import { linkFigures, seesAndHears } from "../support/link-figures.ts";
import { freePort } from "../support/program.ts";
import { socketsOf } from "../support/sockets.ts";

const LIMIT_MS = 120_000;
const HOUR_MS = 3_600_000;
const NO_CAMERA = "--use-fake-device-for-media-stream=device-count=0";
const good = madeUpInvite({ expiresAt: Date.now() + HOUR_MS, addresses: [] });

const cast = new Cast();
afterAll(() => cast.end());

describe("on the home screen", () => {
  let client: Client;
  beforeAll(async () => {
    client = await cast.start({ name: "Ana" });
    await client.page.getByRole("textbox", { name: "Your name" }).fill("Ana");
  }, LIMIT_MS);
  afterAll(() => client.stop());

  test.each([
    ["empty", "", "There is no link here yet."],
    ["white space", "   ", "There is no link here yet."],
    ["something else", "https://example.invalid/join", "This is not a Vigil link."],
    ["cut off", good.slice(0, -9), "This invite link is incomplete."],
    ["altered in its secret", altered(good, 12), "This link has been changed on its way"],
    ["altered at its end", altered(good, 120), "This link has been changed on its way"],
    ["of a newer version", newerInvite(), "This link was made by a newer Vigil."],
    ["expired", madeUpInvite({ expiresAt: Date.now() - HOUR_MS, addresses: [] }), "This link has expired."],
    ["a megabyte long", `vigil://join/#${"A".repeat(1024 * 1024)}`, "This is too long to be an invite link."],
  ])("an invite that is %s gets a message of its own and goes nowhere", async (_, invite, words) => {
    await client.page.getByRole("textbox", { name: "Invite link" }).fill(invite);
    await client.button("Join").click();
    await client.page.getByText(words).first().waitFor();
    expect(await client.button("Enter meeting").count()).toBe(0);
  });

  test("a meeting that nobody answers for says so and can be left", async () => {
    await client.openInvite(madeUpInvite({ expiresAt: Date.now() + HOUR_MS, addresses: [] }));
    await client.page.getByText("Nobody in the meeting can be reached yet.").waitFor();
    await client.button("Back").click();
    await client.button("Start a meeting").waitFor();
  });

  test("a name of 10,000 characters, with characters that control or turn the text, is made harmless", async () => {
    const name = `Ana\u202e\u0007\u200f ${"x".repeat(10_000)}`;
    await client.page.getByRole("textbox", { name: "Your name" }).fill(name);
    await client.button("Start a meeting").click();
    await client.enter();
    const [shown = ""] = await client.participants();
    expect(shown).toMatch(/^Ana x+$/);
    expect(shown.length).toBeLessThanOrEqual(64);
    await client.leave();
  });
});

describe("without devices", () => {
  test.each([
    ["no camera and no microphone is there", { fakeMedia: false }, "No camera was found."],
    ["no camera is there", { video: null, more: ["--chromium-arg", NO_CAMERA] }, "No camera was found."],
  ])(
    "when %s, the screen says so and one can go in all the same",
    async (_, options, words) => {
      const client = await cast.start({ name: "Ana", ...options });
      await client.prepareMeeting();
      await client.page.getByText(words).first().waitFor();
      await client.enter();
      expect(await client.meetingCode()).toMatch(/^\d{30}$/);
      await client.stop();
    },
    LIMIT_MS,
  );

  // What the browser answers once a person or the system has refused, or another program holds the device
  // (Media Capture and Streams, section 10.3.1).
  test.each([
    ["are refused", "NotAllowedError", ["Vigil may not use the camera.", "Vigil may not use the microphone."]],
    ["are held by another program", "NotReadableError", ["is using the camera.", "is using the microphone."]],
  ])(
    "when camera and microphone %s, the screen says what to do and one can go in",
    async (_, refusal, sentences) => {
      const client = await cast.start({ name: "Ana" });
      await client.page.evaluate((name) => {
        const refuse = () => Promise.reject(new DOMException("refused", name));
        Object.defineProperty(navigator.mediaDevices, "getUserMedia", { value: refuse });
      }, refusal);
      await client.prepareMeeting();
      for (const words of sentences) await client.page.getByText(words).first().waitFor();
      await client.enter();
      await client.stop();
    },
    LIMIT_MS,
  );
});

describe("at the start", () => {
  test(
    "a second start on one profile says so, hands over its invite and disturbs nothing",
    async () => {
      const profile = cast.folder();
      const first = await cast.start({ name: "Ana", profile });
      const second = startProgram({ name: "Ana", profile, debugPort: await freePort(), more: ["--invite", good] });
      expect(await second.exited()).not.toBe(0);
      expect(second.output).toMatch(/already running/);
      const box = first.page.getByRole("textbox", { name: "Invite link" });
      await first.until("the invite that was handed over", async () => (await box.inputValue()) === good);
      await first.prepareMeeting();
      await first.stop();
    },
    LIMIT_MS,
  );

  test(
    "a profile folder that cannot be written ends in one clear sentence",
    async () => {
      const file = join(cast.folder(), "a-file");
      writeFileSync(file, "");
      const program = startProgram({ name: "Ana", profile: join(file, "profile"), debugPort: await freePort() });
      expect(await program.exited()).not.toBe(0);
      expect(program.output).toContain(file);
      expect(program.output).not.toMatch(/ at .*:\d+:\d+/);
    },
    LIMIT_MS,
  );
});

describe("in a call", () => {
  let ana: Client;
  let ben: Client;
  beforeAll(async () => {
    ana = await cast.start({ name: "Ana" });
    ben = await cast.start({ name: "Ben" });
    await meet(ana, [ben]);
    await ana.until("Ben's picture and sound", () => seesAndHears(ana, ["Ben"]));
  }, LIMIT_MS);

  test.skipIf(process.platform !== "linux")(
    "strangers who talk garbage, or say nothing, at its ports disturb nobody (needs Linux)",
    async () => {
      const ports = socketsOf(ana.hostPid)
        .filter(({ protocol }) => protocol === "TCP")
        .map(({ port }) => port);
      expect(ports.length).toBeGreaterThan(0);
      const strangers = [...new Set(ports)].flatMap((port) =>
        Array.from({ length: 12 }, (_, index) => ({ port, speaks: index % 2 === 0 })),
      );
      const sockets = await Promise.all(strangers.map(({ port, speaks }) => visit(port, speaks)));
      const framesOf = async () => (await linkFigures(ana)).map(({ videoFrames }) => videoFrames);
      const [before = 0] = await framesOf();
      await ana.until("more of Ben's picture", async () => ((await framesOf())[0] ?? 0) > before + 24);
      await ana.sendChat("still here");
      await ana.page.getByText("Reached 1 of 1").waitFor();
      for (const socket of sockets) socket.destroy();
    },
    LIMIT_MS,
  );
});

/** Connects and either sends 64 KiB of noise or nothing; a port that is not a listener's refuses, which is as good. */
async function visit(port: number, speaks: boolean) {
  const socket = connect({ host: "127.0.0.1", port });
  socket.on("error", () => socket.destroy());
  await Promise.race([once(socket, "connect"), once(socket, "close")]).catch(() => undefined);
  if (speaks && !socket.destroyed) socket.write(crypto.getRandomValues(new Uint8Array(64 * 1024)));
  return socket;
}
