import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { MemberId } from "../../../core/base/member-id.ts";

export type RaidOrder =
  | { readonly type: "gather"; readonly count: number; readonly members: readonly MemberId[] }
  | { readonly type: "knock"; readonly invite: string };
export type RaidNews = { readonly type: "up" } | { readonly type: "inside"; readonly count: number };

/** Bots in a process of their own, who come by one invite and build media links with nobody but `members`. */
export class Raid {
  readonly #process: ChildProcess;
  /** How many are in the call. */
  inside = 0;

  private constructor(child: ChildProcess) {
    this.#process = child;
    child.on("message", (news: RaidNews) => {
      if (news.type === "inside") this.inside = news.count;
    });
  }

  static async gather(count: number, members: readonly MemberId[]): Promise<Raid> {
    const child = fork(join(import.meta.dirname, "raiders.ts"));
    const raid = new Raid(child);
    raid.#order({ type: "gather", count, members });
    for (;;) {
      const [news] = (await once(child, "message")) as [RaidNews];
      if (news.type === "up") return raid;
    }
  }

  knock(invite: string): void {
    this.#order({ type: "knock", invite });
  }

  end(): void {
    this.#process.kill("SIGKILL");
  }

  #order(order: RaidOrder): void {
    this.#process.send(order);
  }
}
