import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { claimProfile, type Instance } from "../../../electron/chromium/instance.ts";

let profile = "";
const held: Instance[] = [];

async function claim(
  folder: string,
  invite: string | null = null,
  onSecond: (invite: string | null) => void = vi.fn(),
) {
  const instance = await claimProfile({ profile: folder, invite, onSecond });
  held.push(instance);
  return instance;
}

beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), "vigil-instance-"));
});
afterEach(async () => {
  for (const instance of held.splice(0)) if (instance.first) await instance.release();
  await rm(profile, { recursive: true, force: true });
});

describe.skipIf(process.platform === "win32")("one instance for each profile", () => {
  it("is the first; the second hands over its invite", async () => {
    const second = vi.fn();
    expect((await claim(profile, null, second)).first).toBe(true);
    expect((await claim(profile, "vigil://join/#x")).first).toBe(false);
    await vi.waitFor(() => expect(second).toHaveBeenCalledWith("vigil://join/#x"));
    expect((await claim(profile)).first).toBe(false);
    await vi.waitFor(() => expect(second).toHaveBeenLastCalledWith(null));
  });

  it("listens where only the owner can speak", async () => {
    await claim(profile);
    expect((await stat(join(profile, "instance"))).mode & 0o077).toBe(0);
  });

  it("may start again after it has ended, and after a crash has left its socket behind", async () => {
    const first = await claim(profile);
    if (first.first) await first.release();
    await writeFile(join(profile, "instance"), "left over");
    expect((await claim(profile)).first).toBe(true);
    expect((await claim(profile)).first).toBe(false);
  });

  it("is one of many that start at the same moment", async () => {
    const second = vi.fn();
    const invites = Array.from({ length: 6 }, (_, index) => `vigil://join/#${index}`);
    const started = await Promise.all(invites.map((invite) => claim(profile, invite, second)));
    expect(started.filter(({ first }) => first)).toHaveLength(1);
    // None of the other five invites is lost.
    await vi.waitFor(() => expect(second).toHaveBeenCalledTimes(5));
  });

  it("works in a folder whose path is too long for a socket", async () => {
    const deep = join(profile, "d".repeat(120));
    await mkdir(deep);
    expect((await claim(deep)).first).toBe(true);
    expect((await claim(deep)).first).toBe(false);
    expect((await claim(profile)).first).toBe(true);
  });

  it("is not disturbed by a speaker who never ends", async () => {
    const second = vi.fn();
    await claim(profile, null, second);
    const socket = connect(join(profile, "instance"));
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => undefined);
    socket.write("x".repeat(100_000));
    await closed;
    expect(second).not.toHaveBeenCalled();
    expect((await claim(profile, "vigil://join/#y")).first).toBe(false);
    await vi.waitFor(() => expect(second).toHaveBeenCalledWith("vigil://join/#y"));
  });
});
