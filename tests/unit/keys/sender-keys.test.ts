import { beforeEach, describe, expect, it } from "vitest";
import type { MemberId } from "../../../core/base/member-id.ts";
import { CHANNEL_OVERHEAD_BYTES } from "../../../core/keys/channel.ts";
import { encodeKeyMessage } from "../../../core/keys/key-message.ts";
import { receivingEpoch, sendingEpoch, wipeSenderKeys } from "../../../core/keys/sender-keys.ts";
import { Party, type Sent, typesOf } from "./sender-key-world.ts";

let now = 0;
let wire: Sent[] = [];

function party(number: number): Party {
  return new Party(number, now, (sent) => wire.push(sent));
}

/** Takes what waits to be delivered, without delivering it. */
function taken(): Sent[] {
  return wire.splice(0);
}

function deliver(parties: readonly Party[]): void {
  for (let sent = wire.shift(); sent !== undefined; sent = wire.shift()) {
    const { from, to, bytes } = sent;
    parties.find((one) => one.id === to)?.do({ type: "message", member: from, bytes }, now);
  }
}

function connect(one: Party, other: Party): void {
  one.do({ type: "reachable", member: other.id }, now);
  other.do({ type: "reachable", member: one.id }, now);
}

const ids = (parties: readonly Party[]): MemberId[] => parties.map((one) => one.id);

/** Parties who are members for each other, connected, and have exchanged keys. */
function call(...numbers: readonly number[]): Party[] {
  const parties = numbers.map(party);
  for (const one of parties) {
    const others = parties.filter((other) => other !== one);
    for (const other of others) if (other.id > one.id) connect(one, other);
  }
  for (const one of parties) {
    one.do({ type: "recipients", added: ids(parties.filter((other) => other !== one)), removed: [] }, now);
  }
  deliver(parties);
  return parties;
}

function wait(parties: readonly Party[], ms: number): void {
  now += ms;
  for (const one of parties) if (one.wakeAt <= now) one.do({ type: "tick" }, now);
}

beforeEach(() => {
  now = 1_000;
  wire = [];
});

describe("sender keys in a call", () => {
  it("are held by everybody for everybody", () => {
    const parties = call(1, 2, 3);
    for (const one of parties) for (const other of parties) if (one !== other) expect(one.opens(other)).toBe(true);
  });

  it("are of one sender each", () => {
    const parties = call(1, 2, 3);
    expect(new Set(parties.map((one) => one.sendKey)).size).toBe(3);
  });
});

describe("a join", () => {
  it("ratchets the key: those in derive it, the newcomer gets it and cannot go back", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const before = a.sendKey;
    const c = party(3);
    connect(a, c);
    a.do({ type: "recipients", added: [c.id], removed: [] }, now);
    const sent = taken();
    const epoch = sendingEpoch(a.state) + 1;
    expect(typesOf(sent.filter(({ to }) => to === b.id))).toEqual([`ratchet ${epoch}`]);
    expect(typesOf(sent.filter(({ to }) => to === c.id))).toEqual([`key ${epoch}`]);
    expect(a.sendKey).toBe(before);
    wire = sent;
    c.do({ type: "recipients", added: [a.id], removed: [] }, now);
    deliver([a, b, c]);
    expect(a.sendKey).not.toBe(before);
    expect(b.opens(a)).toBe(true);
    expect(c.opens(a)).toBe(true);
    expect([...(c.worker.receive.get(a.id)?.values() ?? [])]).not.toContain(before);
  });

  it("switches at once when nobody was there to hear the old key", () => {
    const a = party(1);
    const b = party(2);
    connect(a, b);
    a.do({ type: "recipients", added: [b.id], removed: [] }, now);
    expect(sendingEpoch(a.state)).toBe(2);
  });

  it("switches after 300 ms though somebody says nothing", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const before = a.sendKey;
    a.do({ type: "recipients", added: [party(3).id], removed: [] }, now);
    taken();
    wait([a, b], 299);
    expect(a.sendKey).toBe(before);
    wait([a, b], 1);
    expect(a.sendKey).not.toBe(before);
  });

  it("during a join gives the second newcomer the same unused key", () => {
    const [a] = call(1, 2) as [Party, Party];
    const [c, d] = [party(3), party(4)];
    connect(a, c);
    connect(a, d);
    a.do({ type: "recipients", added: [c.id], removed: [] }, now);
    taken();
    a.do({ type: "recipients", added: [d.id], removed: [] }, now);
    expect(typesOf(taken())).toEqual([`key ${sendingEpoch(a.state) + 1}`]);
  });

  it("of somebody not connected yet leaves them out until they are", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const c = party(3);
    const before = sendingEpoch(a.state);
    a.do({ type: "recipients", added: [c.id], removed: [] }, now);
    deliver([a, b]);
    expect(sendingEpoch(a.state)).toBe(before + 1);
    connect(a, c);
    expect(typesOf(taken())).toEqual([`key ${before + 1}`]);
  });
});

describe("a departure", () => {
  it("makes a fresh key for the rest and sends the gone nothing", () => {
    const [a, b, c] = call(1, 2, 3) as [Party, Party, Party];
    const before = sendingEpoch(a.state);
    a.do({ type: "recipients", added: [], removed: [c.id] }, now);
    const sent = taken();
    expect(sent.map(({ to }) => to)).toEqual([b.id]);
    expect(typesOf(sent)).toEqual([`key ${before + 1}`]);
    wire = sent;
    deliver([a, b]);
    expect(b.opens(a)).toBe(true);
    expect(c.opens(a)).toBe(false);
    expect(a.worker.receive.has(c.id)).toBe(false);
  });

  it("of several at once makes one key", () => {
    const [a, , c, d] = call(1, 2, 3, 4) as [Party, Party, Party, Party];
    const before = sendingEpoch(a.state);
    a.do({ type: "recipients", added: [], removed: [c.id, d.id] }, now);
    expect(typesOf(taken())).toEqual([`key ${before + 1}`]);
  });

  it("during a join throws away the key that the gone one had got", () => {
    const [a, b, c] = call(1, 2, 3) as [Party, Party, Party];
    const before = sendingEpoch(a.state);
    const d = party(4);
    connect(a, d);
    a.do({ type: "recipients", added: [d.id], removed: [] }, now);
    a.do({ type: "recipients", added: [], removed: [c.id] }, now);
    deliver([a, b, c, d]);
    expect(sendingEpoch(a.state)).toBe(before + 2);
    expect(a.worker.send.has(before + 1)).toBe(false);
    expect(b.opens(a)).toBe(true);
    expect(c.opens(a)).toBe(false);
  });

  it("during a departure does not put off the first one's switch", () => {
    const [a, b, c, d] = call(1, 2, 3, 4) as [Party, Party, Party, Party];
    const before = sendingEpoch(a.state);
    a.do({ type: "recipients", added: [], removed: [c.id] }, now);
    wait([a], 200);
    a.do({ type: "recipients", added: [], removed: [d.id] }, now);
    taken();
    wait([a, b], 100);
    expect(sendingEpoch(a.state)).toBe(before + 2);
  });

  it("together with a join keeps both apart", () => {
    const [a, b, c] = call(1, 2, 3) as [Party, Party, Party];
    const d = party(4);
    connect(a, d);
    d.do({ type: "recipients", added: [a.id], removed: [] }, now);
    taken();
    a.do({ type: "recipients", added: [d.id], removed: [c.id] }, now);
    deliver([a, b, c, d]);
    expect([b.opens(a), c.opens(a), d.opens(a)]).toEqual([true, false, true]);
  });

  it("costs at most 400 sealed bytes for each who remains", () => {
    const [a, , , d] = call(1, 2, 3, 4) as [Party, Party, Party, Party];
    a.do({ type: "recipients", added: [], removed: [d.id] }, now);
    const sent = taken();
    const bytes = sent.reduce((sum, { bytes: message }) => sum + message.length + CHANNEL_OVERHEAD_BYTES, 0);
    expect(sent.length).toBe(2);
    expect(bytes / 2).toBeLessThanOrEqual(400);
  });
});

describe("time", () => {
  it("wipes the old key 2 s after the switch, and the receiver's 2.6 s after the new one came", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    wait([a, b], 5_000);
    const old = sendingEpoch(a.state);
    a.do({ type: "recipients", added: [party(3).id], removed: [] }, now);
    deliver([a, b]);
    wait([a, b], 1_999);
    expect(a.worker.send.has(old)).toBe(true);
    wait([a, b], 1);
    expect(a.worker.send.has(old)).toBe(false);
    wait([a, b], 599);
    expect(b.worker.receive.get(a.id)?.has(old)).toBe(true);
    wait([a, b], 1);
    expect(b.worker.receive.get(a.id)?.has(old)).toBe(false);
    expect(b.opens(a)).toBe(true);
  });

  it("renews the key after 15 minutes with a random one", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const before = a.sendKey;
    wait([a, b], 15 * 60_000 - 1);
    taken();
    expect(a.sendKey).toBe(before);
    wait([a, b], 1);
    expect(typesOf(wire).every((text) => text.startsWith("key"))).toBe(true);
    deliver([a, b]);
    expect(a.sendKey).not.toBe(before);
    expect(b.opens(a)).toBe(true);
  });
});

describe("a new frames worker", () => {
  it("never seals under a key of the old one, and gets every receiving key again", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const used = [...a.worker.installed];
    a.restartWorker(now);
    expect(used).not.toContain(a.sendKey);
    expect(a.opens(b)).toBe(true);
    deliver([a, b]);
    expect(b.opens(a)).toBe(true);
  });

  it("while a key is pending drops that one too", () => {
    const [a, b, c] = call(1, 2, 3) as [Party, Party, Party];
    a.do({ type: "recipients", added: [], removed: [c.id] }, now);
    const used = [...a.worker.installed];
    a.restartWorker(now);
    deliver([a, b]);
    wait([a, b], 400);
    expect(used).not.toContain(a.sendKey);
    expect([b.opens(a), c.opens(a)]).toEqual([true, false]);
  });
});

describe("channels that come and go", () => {
  it("bring the key again on a fresh channel, and the receiver's old ones are kept till then", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    b.do({ type: "unreachable", member: a.id }, now);
    a.do({ type: "unreachable", member: b.id }, now);
    expect(b.opens(a)).toBe(true);
    connect(a, b);
    expect(b.opens(a)).toBe(true);
    deliver([a, b]);
    expect(b.opens(a)).toBe(true);
  });

  it("forget a member's old keys when its numbering begins anew", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const again = new Party(1, now, (sent) => wire.push(sent));
    b.do({ type: "reachable", member: a.id }, now);
    again.do({ type: "recipients", added: [b.id], removed: [] }, now);
    again.do({ type: "worker-started" }, now);
    again.do({ type: "reachable", member: b.id }, now);
    deliver([again, b]);
    expect(b.opens(again)).toBe(true);
    expect(b.opens(a)).toBe(false);
  });

  it("do not hold up a switch once they are gone", () => {
    const [a, b, c] = call(1, 2, 3) as [Party, Party, Party];
    const before = sendingEpoch(a.state);
    a.do({ type: "recipients", added: [party(4).id], removed: [] }, now);
    wire = wire.filter(({ to }) => to !== c.id);
    deliver([a, b]);
    expect(sendingEpoch(a.state)).toBe(before);
    a.do({ type: "unreachable", member: c.id }, now);
    expect(sendingEpoch(a.state)).toBe(before + 1);
  });

  it("let somebody ask for a key that cannot be derived", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    b.do({ type: "message", member: a.id, bytes: encodeKeyMessage({ type: "ratchet", epoch: 99 }) }, now);
    expect(typesOf(wire)).toEqual(["want-key 99"]);
    const [asked] = taken();
    if (asked !== undefined) a.do({ type: "message", member: b.id, bytes: asked.bytes }, now);
    expect(typesOf(wire)).toEqual([`key ${sendingEpoch(a.state)}`]);
  });

  it("hold the keys of somebody whom the log names only later", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const c = party(3);
    connect(b, c);
    c.do({ type: "recipients", added: [b.id], removed: [] }, now);
    deliver([a, b, c]);
    expect(b.worker.receive.has(c.id)).toBe(false);
    b.do({ type: "recipients", added: [c.id], removed: [] }, now);
    expect(b.opens(c)).toBe(true);
  });
});

describe("hostile members", () => {
  it("cannot replace a key, bring back one that was given up, or make more than four be held", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const held = (): number[] => [...(b.worker.receive.get(a.id)?.keys() ?? [])];
    const key = (epoch: number, fill: number): void => {
      const bytes = encodeKeyMessage({ type: "key", epoch, baseKey: new Uint8Array(32).fill(fill) });
      b.do({ type: "message", member: a.id, bytes }, now);
    };
    const present = sendingEpoch(a.state);
    key(present, 9);
    expect(b.opens(a)).toBe(true);
    for (let epoch = 10; epoch < 20; epoch++) key(epoch, epoch);
    expect(held()).toEqual([16, 17, 18, 19]);
    key(12, 12);
    expect(held()).toEqual([16, 17, 18, 19]);
    expect(receivingEpoch(b.state, a.id)).toBe(19);
  });

  it("cannot ask for a key from before they came", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const c = party(3);
    connect(a, c);
    a.do({ type: "recipients", added: [c.id], removed: [] }, now);
    taken();
    const before = sendingEpoch(a.state);
    a.do({ type: "message", member: c.id, bytes: encodeKeyMessage({ type: "want-key", epoch: before }) }, now);
    expect(wire).toEqual([]);
    a.do({ type: "message", member: b.id, bytes: encodeKeyMessage({ type: "want-key", epoch: before }) }, now);
    expect(typesOf(wire)).toEqual([`key ${before}`]);
  });

  it("get nothing once they are gone, whatever they ask", () => {
    const [a, , c] = call(1, 2, 3) as [Party, Party, Party];
    a.do({ type: "recipients", added: [], removed: [c.id] }, now);
    taken();
    for (let epoch = 1; epoch < 9; epoch++) {
      a.do({ type: "message", member: c.id, bytes: encodeKeyMessage({ type: "want-key", epoch }) }, now);
    }
    a.do({ type: "reachable", member: c.id }, now);
    expect(wire).toEqual([]);
  });

  it("are held to 64 while they are no members", () => {
    const a = party(1);
    for (let number = 2; number < 120; number++) {
      const stranger = party(number);
      a.do({ type: "reachable", member: stranger.id }, now);
      const bytes = encodeKeyMessage({ type: "key", epoch: 1, baseKey: new Uint8Array(32) });
      a.do({ type: "message", member: stranger.id, bytes }, now);
    }
    expect(a.state.received.size).toBe(64);
  });
});

it("leaves nothing behind when wiped", () => {
  const [a] = call(1, 2) as [Party, Party];
  a.do({ type: "recipients", added: [party(3).id], removed: [] }, now);
  wipeSenderKeys(a.state);
  expect(a.state.current.key.wiped).toBe(true);
  expect(a.state.pending?.key.wiped).toBe(true);
  for (const known of a.state.received.values())
    for (const { key } of known.keys.values()) expect(key.wiped).toBe(true);
});
