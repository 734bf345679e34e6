import { describe, expect, it } from "vitest";
import { memberKeyOf } from "../../core/base/member-id.ts";
import type { EntryBody, EntryType } from "../../core/membership/body.ts";
import type { ChannelMessage, ChannelMessageType } from "../../core/wire/channel-messages.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { usePlatformCrypto } from "../../electron/host/platform-crypto.ts";
import { Mallory } from "../support/world/mallory.ts";
import type { Person } from "../support/world/person.ts";
import { World } from "../support/world/world.ts";

usePlatformCrypto();

// Somebody says everything that can be said, to everybody, in every standing that they can have.

const REASON = "says who has the say";

interface Target {
  readonly mallory: Mallory;
  /** To whom it is said. */
  readonly to: Person;
  /** About whom it is said: a member's id and name. */
  readonly about: Pick<Person, "id" | "name">;
}

/** Something of every kind of message, as harmful as we can think of. A kind that is new in the protocol does not compile without. */
const MESSAGES: { readonly [T in ChannelMessageType]: (target: Target) => Extract<ChannelMessage, { type: T }>[] } = {
  join: ({ mallory }) => [{ type: "join", request: mallory.request(), capability: mallory.invitation }],
  waiting: () => [{ type: "waiting" }],
  refused: () =>
    ["meeting-full", "admission-refused", "invite-expired"].map((code) => ({ type: "refused", code, reason: REASON })),
  entries: () => [{ type: "entries", entries: [] }],
  sync: ({ mallory }) => [[], [mallory.bytes(32)]].map((heads) => ({ type: "sync", heads })),
  contacts: ({ mallory, about }) => [
    { type: "contacts", contacts: [[memberKeyOf(about.id), [...mallory.mesh.addresses()]]] },
  ],
  hello: () => [{ type: "hello", name: "", media: 0, addresses: [], heads: [], generation: 1_000_000_000 }],
  profile: ({ about }) => [{ type: "profile", name: about.name, media: 0 }],
  key: ({ mallory }) => [{ type: "key", message: mallory.bytes(80) }],
  "open-media": () => [0, 1_000_000_000].map((generation) => ({ type: "open-media", generation })),
  "want-media": () => [{ type: "want-media" }],
  signal: () => [0, 1, 1_000_000_000].map((generation) => ({ type: "signal", generation, data: '{"type":"bye"}' })),
  chat: ({ mallory }) =>
    [0, 48].map((length) => ({
      type: "chat",
      id: mallory.bytes(16),
      at: 0,
      text: "the meeting is over",
      answers: mallory.bytes(length),
    })),
  "chat-ack": ({ mallory }) => [{ type: "chat-ack", id: mallory.bytes(16) }],
  knock: ({ mallory }) => [
    { type: "knock", request: mallory.request(mallory.newKey()), capability: mallory.invitation },
  ],
  persona: () => [{ type: "persona", certificate: new Uint8Array(200) }],
  "record-name": () => [200, 0].map((length) => ({ type: "record-name", statement: new Uint8Array(length) })),
  hand: () => [1, Number.MAX_SAFE_INTEGER, 0].map((ticket) => ({ type: "hand", ticket })),
  reaction: () => [0, 4].map((kind) => ({ type: "reaction", kind })),
  "file-offer": ({ mallory }) =>
    [0, 2 ** 31].map((size) => ({
      type: "file-offer",
      id: mallory.bytes(16),
      name: "../../the meeting is over.exe",
      size,
      hash: mallory.bytes(32),
    })),
  "file-take": ({ mallory }) => [
    { type: "file-take", id: mallory.bytes(16), offset: 2 ** 31, secret: mallory.bytes(32) },
  ],
  "file-withdraw": ({ mallory }) => [{ type: "file-withdraw", id: mallory.bytes(16) }],
  "file-decline": ({ mallory }) => [{ type: "file-decline", id: mallory.bytes(16) }],
  "knock-refused": ({ about }) => [{ type: "knock-refused", member: memberKeyOf(about.id), reason: REASON }],
  appeal: ({ mallory }) => [{ type: "appeal", appeal: mallory.bytes(300) }],
};

/** Something of every kind of entry in the log; what ends the author's own part comes last. */
const ENTRIES: { readonly [T in EntryType]: (target: Target) => Extract<EntryBody, { type: T }> } = {
  create: () => ({
    type: "create",
    policy: { admission: "knock-moderator", removal: "votes" },
    fingerprint: "0".repeat(64),
  }),
  admit: ({ mallory }) => ({
    type: "admit",
    request: mallory.request(mallory.newKey()),
    index: 9,
    capability: mallory.capability(),
  }),
  device: ({ mallory }) => mallory.device() as Extract<EntryBody, { type: "device" }>,
  grant: ({ mallory }) => ({ type: "grant", member: mallory.id }),
  revoke: ({ to, about }) => ({ type: "revoke", member: to.call?.self ?? about.id }),
  lock: () => ({ type: "lock" }),
  unlock: () => ({ type: "unlock" }),
  policy: () => ({ type: "policy", policy: { admission: "knock-any", removal: "moderators" } }),
  vote: ({ about }) => ({ type: "vote", motion: "remove", member: about.id, approve: true, reason: REASON }),
  appeal: ({ mallory }) => ({ type: "appeal", appeal: mallory.bytes(300) }),
  "revoke-invite": ({ about }) => ({ type: "revoke-invite", id: "0".repeat(32), issuer: about.id }),
  expel: ({ about }) => ({ type: "expel", member: about.id, reason: REASON }),
  readmit: ({ about }) => ({ type: "readmit", member: about.id, index: 9 }),
  remove: ({ about }) => ({ type: "remove", member: about.id, reason: REASON }),
  present: () => ({ type: "present" }),
  leave: () => ({ type: "leave" }),
};

const STANDINGS = ["a stranger", "one who waits", "a member", "a moderator", "one who was removed"] as const;
type Standing = (typeof STANDINGS)[number];

class Scene {
  readonly world: World;
  readonly people: readonly Person[];
  readonly mallory: Mallory;
  /** Whoever did not see the call at some moment. */
  readonly out = new Set<string>();

  private constructor(world: World, people: readonly Person[], mallory: Mallory) {
    this.world = world;
    this.people = people;
    this.mallory = mallory;
    for (const person of people) {
      person.runner.subscribe(() => {
        if (person.view?.screen !== "call") this.out.add(person.name);
      });
    }
  }

  static async with(standing: Standing, seed: number): Promise<Scene> {
    const world = new World(seed, "members");
    const people = await world.meeting("Anna", "Ben", "Cleo", "Dan");
    const [anna] = people;
    if (anna === undefined) throw new Error("nobody");
    const mallory = new Mallory(world, await world.invite(anna), 600 + seed);
    const scene = new Scene(world, people, mallory);
    await scene.#take(standing, anna);
    return scene;
  }

  async #take(standing: Standing, anna: Person): Promise<void> {
    const { mallory, world } = this;
    if (standing === "a stranger") return mallory.reach(anna);
    if (standing === "one who waits") {
      anna.command({ type: "set-policy", admission: "knock-any", removal: "moderators", inviting: "members" });
      await mallory.reach(anna);
      mallory.say(anna, { type: "join", request: mallory.request(), capability: mallory.invitation });
      return world.until("Mallory waits", () => mallory.heard.some(({ type }) => type === "waiting"));
    }
    await mallory.enter(anna);
    if (standing === "a moderator") anna.command({ type: "appoint", member: mallory.id });
    if (standing === "one who was removed") anna.command({ type: "remove-member", member: mallory.id, reason: REASON });
    await world.clock.run(1_000);
  }

  /** Says it to each of them, over a fresh link where the last word cost the old one. */
  async say(wordsFor: (to: Person) => readonly ChannelMessage[]): Promise<void> {
    for (const to of this.people) {
      if (this.out.has(to.name)) continue;
      for (const message of wordsFor(to)) {
        if (this.mallory.isCutOffFrom(to)) await this.mallory.reach(to);
        this.mallory.say(to, message);
        await this.world.clock.run(150);
      }
    }
    // As many handshakes as one address may begin.
    await this.world.clock.run(2_000);
  }
}

describe.each(STANDINGS)("whatever is said by %s", (standing) => {
  it.each([1, 2])(
    "ends the meeting for nobody, mutes nobody and is said in nobody else's name (order %i)",
    async (seed) => {
      const scene = await Scene.with(standing, seed);
      const { world, people, mallory } = scene;
      const [anna, ben, cleo, dan] = people;
      if (anna === undefined || ben === undefined || cleo === undefined || dan === undefined) throw new Error("nobody");
      const media = anna.participant(ben)?.media;
      const about = { id: dan.id, name: dan.name };

      const messages = shuffled(Object.values(MESSAGES), seed);
      for (const make of messages) await scene.say((to) => make({ mallory, to, about }));
      const parents = {
        "a stranger": () => [mallory.unknownParent()],
        "one who waits": () => [mallory.unknownParent()],
        "a member": () => mallory.newest(),
        "a moderator": () => mallory.newest(),
        // As if she did not know.
        "one who was removed": () => [mallory.ownAdmission()],
      }[standing];
      const { remove, leave, ...others } = ENTRIES;
      for (const make of [...shuffled(Object.values(others), seed), remove, leave]) {
        const sign = (to: Person) => {
          const body = make({ mallory, to, about });
          return mallory.sign(body, parents()).bytes;
        };
        await scene.say((to) => [{ type: "entries", entries: [sign(to)] }]);
      }

      // One member can be taken out by a moderator, and only by one; everybody sees who did it and why.
      const gone = standing === "a moderator" ? [dan.name] : [];
      expect([...scene.out]).toEqual(gone);
      if (gone.length > 0) expect(dan.view).toMatchObject({ screen: "ended", cause: "removed", reason: REASON });
      const rest = people.filter(({ name }) => !gone.includes(name));
      await world.together(rest, 60_000);
      for (const person of rest) {
        for (const other of rest) if (other !== person) expect(person.participant(other)?.media).toEqual(media);
        for (const { from } of person.call?.chat ?? []) expect(from).toBe(mallory.id);
      }
      // And the door is open.
      const eve = world.person("Eve");
      world.knock(eve, await world.invite(ben));
      await world.until(
        "Eve is in",
        () => {
          for (const { knock } of ben.call?.knocks ?? []) ben.command({ type: "admit", knock });
          return eve.call !== null;
        },
        60_000,
      );
      await world.together([...rest, eve], 60_000);
    },
  );
});

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  const placed = items.map((item) => ({ item, place: Buffer.from(random.bytes(4)).readUInt32LE() }));
  return placed.sort((a, b) => a.place - b.place).map(({ item }) => item);
}
