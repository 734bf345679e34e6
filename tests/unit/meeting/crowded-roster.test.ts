import { describe, expect, it } from "vitest";
import { usePlatformCrypto } from "../../../electron/host/platform-crypto.ts";
import { MAX_PARTICIPANTS } from "../../../core/contract/limits.ts";
import { newContact, roster } from "../../../core/meeting/roster.ts";
import type { Session } from "../../../core/meeting/state.ts";
import { signEntry } from "../../../core/membership/entry.ts";
import { merge } from "../../../core/membership/log.ts";
import { MEETING, NOW, Person, starter } from "../membership/world.ts";

usePlatformCrypto();

describe("a crowd that a member signs in at an early place of the log", () => {
  it("pushes out neither those who were here before nor oneself", () => {
    const root = starter();
    const mallory = new Person(root.key.publicKey);
    const early = root.admit(mallory, root.capability());
    expect(early.counts).toBe(true);
    mallory.hearAllOf(root);
    const parents = [...mallory.log.headIds];
    const others = [new Person(root.key.publicKey), new Person(root.key.publicKey), new Person(root.key.publicKey)];
    for (const other of others) root.admit(other, root.capability());
    const [self, friend] = others;
    if (self === undefined || friend === undefined) throw new Error("nobody");

    const capability = mallory.capability();
    const crowd = Array.from({ length: MAX_PARTICIPANTS }, (_, index) => {
      const request = new Person(root.key.publicKey).request();
      const body = { type: "admit", request, index, capability } as const;
      return signEntry({ meetingId: MEETING, parents, time: NOW, body }, mallory.key).bytes;
    });
    const { log, rejected } = merge(root.log, crowd);
    expect(rejected).toEqual([]);

    const contacts = new Map([root.id, mallory.id, friend.id].map((id) => [id, newContact(id)]));
    const session = { log, self: self.id, contacts } as unknown as Session;
    const ids = roster(session).members.map(({ id }) => id);
    expect(ids).toHaveLength(MAX_PARTICIPANTS);
    for (const id of [root.id, mallory.id, friend.id, self.id]) expect(ids).toContain(id);
  });
});
