import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, type ClientOptions } from "./client.ts";
import { writeMovingPicture } from "./y4m.ts";

const picture = { width: 320, height: 180, framesPerSecond: 12, seconds: 2 };

/** Starts clients and temporary folders for one test file, and ends all of them together. */
export class Cast {
  readonly #clients: Client[] = [];
  readonly #folders: string[] = [];

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), "vigil-test-"));
    this.#folders.push(folder);
    return folder;
  }

  /** A client whose camera shows a small moving picture of its own. */
  async start(options: ClientOptions): Promise<Client> {
    const video = join(this.folder(), "camera.y4m");
    if (options.video === undefined && options.fakeMedia !== false) {
      writeMovingPicture(video, { ...picture, seed: this.#clients.length + 1 });
    }
    const client = await Client.start(options.fakeMedia === false ? options : { video, ...options });
    this.#clients.push(client);
    return client;
  }

  async end(): Promise<void> {
    await Promise.all(this.#clients.splice(0).map((client) => client.stop()));
    for (const folder of this.#folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  }
}

/** Lets `starter` start a meeting and each guest join by its link, one after the other; the link. */
export async function meet(starter: Client, guests: readonly Client[]): Promise<string> {
  await starter.prepareMeeting();
  await starter.enter();
  const invite = await starter.inviteLink();
  for (const guest of guests) {
    await guest.openInvite(invite);
    await guest.enter();
  }
  return invite;
}
