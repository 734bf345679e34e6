import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "../support/client.ts";
import { timeEntry } from "../support/join-timer.ts";
import { writeMovingPicture, type Draw, type MovingPicture } from "../support/y4m.ts";

export const PICTURE_SECONDS = 2;
const NAMES = ["Ana", "Ben", "Chi", "Dee", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon"];

export interface CallPlan {
  readonly participants: number;
  readonly picture: Omit<MovingPicture, "seed" | "seconds">;
  /** What the cameras show; something that gives an encoder real work without it. */
  readonly draw?: Draw;
  /** Of every window, in pixels; 1280 by 800 without it. */
  readonly window?: { readonly width: number; readonly height: number };
  /** Told of each step, in words for a person. */
  say(words: string): void;
}

/** A call of full clients; whoever started it closes it. */
export class RunningCall {
  readonly clients: Client[] = [];
  /** For each who joined by the link, in order: ms from `Enter meeting` to the picture and sound of everybody already there. */
  readonly joinMs: number[] = [];
  readonly #plan: CallPlan;
  #invite = "";
  readonly #pictures = mkdtempSync(join(tmpdir(), "vigil-pictures-"));

  constructor(plan: CallPlan) {
    this.#plan = plan;
  }

  /** The link by which the guests join; empty before the meeting is there. */
  get invite(): string {
    return this.#invite;
  }

  /**
   * Starts every client, lets the first start a meeting and the others join one after the other by its link, through the screens.
   * The last `waiting` of them stay on their home screens.
   */
  async start({ waiting = 0 }: { waiting?: number } = {}): Promise<void> {
    const { participants, say, window } = this.#plan;
    const more = window === undefined ? [] : ["--chromium-arg", `--window-size=${window.width},${window.height}`];
    for (let index = 0; index < participants; index++) {
      const client = await Client.start({ name: nameOf(index), video: this.#video(index), more });
      this.clients.push(client);
      say(`${client.name} is up after ${Math.round(client.startMs)} ms`);
    }
    const [starter, ...guests] = this.clients;
    if (starter === undefined) return;
    await starter.prepareMeeting();
    await starter.enter();
    this.#invite = await starter.inviteLink();
    say(`${starter.name} has started a meeting`);
    const joining = guests.slice(0, guests.length - waiting);
    for (const [index, guest] of joining.entries()) await this.#join(guest, index + 1);
  }

  /** Lets the first of those who wait join, too. */
  async joinNext(): Promise<void> {
    const guest = this.clients[this.joinMs.length + 1];
    if (guest !== undefined) await this.#join(guest, this.joinMs.length + 1);
  }

  async #join(guest: Client, others: number): Promise<void> {
    await guest.openInvite(this.#invite);
    const ms = await timeEntry(guest, others);
    this.joinMs.push(ms);
    this.#plan.say(`${guest.name} sees and hears ${others} after ${Math.round(ms)} ms`);
  }

  #video(index: number): string {
    const path = join(this.#pictures, `${index}.y4m`);
    const { picture, draw } = this.#plan;
    writeMovingPicture(path, { ...picture, seconds: PICTURE_SECONDS, seed: index + 1 }, draw);
    return path;
  }

  /** Ends every client. Safe in any state. */
  async close(): Promise<void> {
    await Promise.all(this.clients.splice(0).map((client) => client.stop()));
    rmSync(this.#pictures, { recursive: true, force: true });
  }
}

function nameOf(index: number): string {
  return NAMES[index] ?? `Member ${index + 1}`;
}
