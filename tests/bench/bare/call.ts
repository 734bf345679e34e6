import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PICTURE_SECONDS } from "../call-of-many.ts";
import { writeMovingPicture, type MovingPicture } from "../../support/y4m.ts";
import { BareClient } from "./client.ts";
import { startBareServer, type BareServer } from "./server.ts";

/** A running call on the bare mesh; whoever started it closes it. */
export class BareCall {
  readonly clients: BareClient[] = [];
  readonly #pictures = mkdtempSync(join(tmpdir(), "vigil-bare-pictures-"));
  #server: BareServer | null = null;

  /** Starts `participants` clients and lets all but the last `waiting` enter one after the other; resolves when they see and hear each other. */
  async start(plan: {
    participants: number;
    waiting: number;
    picture: Omit<MovingPicture, "seed" | "seconds">;
  }): Promise<void> {
    const { width, height, framesPerSecond } = plan.picture;
    const video = { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: framesPerSecond } };
    this.#server = await startBareServer();
    for (let index = 0; index < plan.participants; index++) {
      const path = join(this.#pictures, `${index}.y4m`);
      writeMovingPicture(path, { ...plan.picture, seconds: PICTURE_SECONDS, seed: index + 1 });
      this.clients.push(
        await BareClient.start({ url: this.#server.url, video: path, constraints: { audio: true, video } }),
      );
    }
    for (const [index, client] of this.clients.slice(0, plan.participants - plan.waiting).entries())
      await client.enter(index);
  }

  /** Ends every browser and the server. Safe in any state. */
  async close(): Promise<void> {
    await Promise.all(this.clients.splice(0).map((client) => client.stop()));
    await this.#server?.close();
    rmSync(this.#pictures, { recursive: true, force: true });
  }
}
