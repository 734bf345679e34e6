import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MemberId } from "../../core/base/member-id.ts";
import { toHex } from "../../core/base/bytes.ts";
import { ratchetBaseKey } from "../../core/keys/base-key.ts";
import { Secret } from "../../core/base/secret.ts";
import { decodeKeyMessage, encodeKeyMessage } from "../../core/keys/key-message.ts";
import { Party, type Sent } from "../unit/keys/sender-key-world.ts";

const PARTIES = 6;
/** How far ahead somebody who ratchets on by themselves is followed. */
const RATCHETS = 40;

interface Action {
  readonly kind: string;
  readonly who: number;
  readonly ms: number;
}

const KINDS = [
  "join",
  "join",
  "leave",
  "remove",
  "cut",
  "link",
  "deliver",
  "deliver",
  "wait",
  "wait",
  "worker",
] as const;
const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom(...KINDS),
  who: fc.nat({ max: PARTIES - 1 }),
  ms: fc.nat({ max: 900 }),
});

/** Members, those outside, what is on its way between them, and every key that anybody could ever know. */
class Model {
  now = 1_000;
  readonly parties: readonly Party[];
  readonly members = new Set<Party>();
  readonly linked = new Set<string>();
  readonly wire = new Map<string, Sent[]>();
  /** Keys that came to somebody, and all that follow from them by ratcheting. */
  readonly known = new Map<MemberId, Set<string>>();
  /** Keys under which a member sealed while it was a member, with those who were members then or before by its own roster. */
  readonly sealed = new Map<string, { readonly by: Party; readonly outsiders: Set<MemberId> }>();

  constructor() {
    this.parties = Array.from({ length: PARTIES }, (_, index) => this.#party(index + 1));
    for (const one of this.parties) this.known.set(one.id, new Set());
    const [first, second, third] = this.parties;
    for (const one of [first, second, third]) if (one !== undefined) this.join(one);
    this.settle();
  }

  #party(number: number): Party {
    return new Party(number, this.now, (sent) => this.#queue(sent));
  }

  #queue(sent: Sent): void {
    const way = `${sent.from}>${sent.to}`;
    this.wire.set(way, [...(this.wire.get(way) ?? []), sent]);
  }

  link(one: Party, other: Party): void {
    if (one === other || this.linked.has(one.id + other.id)) return;
    this.linked.add(one.id + other.id).add(other.id + one.id);
    one.do({ type: "reachable", member: other.id }, this.now);
    other.do({ type: "reachable", member: one.id }, this.now);
  }

  /** Cuts a link; what was on its way is lost. */
  cut(one: Party, other: Party): void {
    if (!this.linked.has(one.id + other.id)) return;
    for (const [a, b] of [
      [one, other],
      [other, one],
    ] as const) {
      this.linked.delete(a.id + b.id);
      this.wire.delete(`${a.id}>${b.id}`);
      a.do({ type: "unreachable", member: b.id }, this.now);
    }
  }

  join(one: Party): void {
    const others = [...this.members];
    this.members.add(one);
    for (const other of others) this.link(one, other);
    for (const other of others) other.do({ type: "recipients", added: [one.id], removed: [] }, this.now);
    one.do({ type: "recipients", added: others.map(({ id }) => id), removed: [] }, this.now);
  }

  /** Somebody is a member no more. Of the removed, messages sent to them before may still come. */
  drop(one: Party, cut: boolean): void {
    this.members.delete(one);
    for (const other of this.members) other.do({ type: "recipients", added: [], removed: [one.id] }, this.now);
    if (cut) for (const other of this.parties) this.cut(one, other);
  }

  /** Delivers what is on its way, and what is said in answer, up to a number of messages. */
  deliver(count: number): void {
    for (let left = count; left > 0; left--) {
      const [way, queue] = [...this.wire].find(([, waiting]) => waiting.length > 0) ?? [];
      const sent = queue?.shift();
      if (way === undefined || sent === undefined) return;
      this.#learn(sent);
      this.#byId(sent.to)?.do({ type: "message", member: sent.from, bytes: sent.bytes }, this.now);
    }
  }

  #byId(id: MemberId): Party | undefined {
    return this.parties.find((one) => one.id === id);
  }

  /** Whoever gets a key has it for good, and all that can be derived from it. */
  #learn({ to, bytes }: Sent): void {
    const message = decodeKeyMessage(bytes);
    if (message?.type !== "key") return;
    const known = this.known.get(to);
    let key = new Secret("base-key", message.baseKey.slice());
    for (let step = 0; step < RATCHETS; step++) {
      known?.add(toHex(key.reveal()));
      key = ratchetBaseKey(key, message.epoch + 1 + step);
    }
  }

  wait(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const next = Math.min(...this.parties.map(({ wakeAt }) => wakeAt));
      if (next > until) break;
      this.now = Math.max(this.now, next);
      for (const one of this.parties) if (one.wakeAt <= this.now) one.do({ type: "tick" }, this.now);
    }
    this.now = until;
  }

  settle(): void {
    this.deliver(100_000);
    this.wait(400);
    this.deliver(100_000);
  }

  act({ kind, who, ms }: Action): void {
    const one = this.parties[who];
    const other = this.parties[(who + 1 + (ms % (PARTIES - 1))) % PARTIES];
    if (one === undefined || other === undefined) return;
    if (kind === "join" && !this.members.has(one) && !this.wasMember.has(one)) {
      this.wasMember.add(one);
      this.join(one);
    } else if ((kind === "leave" || kind === "remove") && this.members.has(one) && this.members.size > 1) {
      this.wasMember.add(one);
      this.drop(one, kind === "leave");
    } else if (kind === "cut") this.cut(one, other);
    else if (kind === "link" && this.members.has(one) && this.members.has(other)) this.link(one, other);
    else if (kind === "deliver") this.deliver(ms % 12);
    else if (kind === "wait") this.wait(ms);
    else if (kind === "worker") one.restartWorker(this.now);
  }

  /** Somebody asks every member for the key of every epoch there was. */
  askForEverything(one: Party): void {
    for (const member of this.members) {
      for (let epoch = 1; epoch <= member.state.lastEpoch && member !== one; epoch++) {
        member.do({ type: "message", member: one.id, bytes: encodeKeyMessage({ type: "want-key", epoch }) }, this.now);
      }
    }
  }

  /** Nobody comes back under the same key. */
  readonly wasMember = new Set<Party>();

  /** Who is outside must not know the key that a member seals under, once the member's switch is due. */
  outsidersWhoKnow(): string[] {
    const outside = this.parties.filter((one) => !this.members.has(one));
    return outside.flatMap((one) =>
      [...this.members].filter((member) => this.known.get(one.id)?.has(member.sendKey)).map((member) => member.id),
    );
  }
}

describe("sender keys through any joins, departures, cuts and losses", { timeout: 120_000 }, () => {
  it("are unknown to all outside 300 ms after each change, and to newcomers where they are of before", () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 5, maxLength: 40 }), (actions) => {
        const model = new Model();
        for (const one of actions) {
          const before = new Map([...model.members].map((member) => [member, member.sendKey]));
          const newcomer = model.parties[one.who];
          const joins = one.kind === "join" && newcomer !== undefined && !model.members.has(newcomer);
          model.act(one);
          if (joins && model.members.has(newcomer)) {
            model.askForEverything(newcomer);
            for (const [member, key] of before)
              model.sealed.set(key, { by: member, outsiders: new Set([newcomer.id]) });
          }
          if (one.kind === "remove" || one.kind === "leave") {
            model.wait(300);
            expect(model.outsidersWhoKnow()).toEqual([]);
          }
        }
        model.settle();
        expect(model.outsidersWhoKnow()).toEqual([]);
        for (const [key, { by, outsiders }] of model.sealed) {
          if (by.everUsed.filter((used) => used === key).length === 0) continue;
          for (const id of outsiders) expect(model.known.get(id)?.has(key)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are held by everybody who can reach everybody, once things are quiet, and never used twice by a new worker", () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 5, maxLength: 40 }), (actions) => {
        const model = new Model();
        for (const one of actions) model.act(one);
        for (const one of model.members) for (const other of model.members) model.link(one, other);
        model.settle();
        model.settle();
        for (const one of model.members) {
          for (const other of model.members) if (one !== other) expect(one.opens(other)).toBe(true);
          expect(new Set(one.everUsed).size).toBe(one.everUsed.length);
        }
      }),
      { numRuns: 60 },
    );
  });
});
