import { beforeEach, describe, expect, it } from "vitest";
import { encodeKeyMessage } from "../../../core/keys/key-message.ts";
import { receivingEpoch, sendingEpoch, wipeSenderKeys } from "../../../core/keys/sender-keys.ts";
import { call, clearStage, connect, deliver, party, stage, taken, wait } from "./sender-key-stage.ts";
import { Party, typesOf } from "./sender-key-world.ts";

beforeEach(clearStage);

describe("a new frames worker", () => {
  it("never seals under a key of the old one, and gets every receiving key again", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const used = [...a.worker.installed];
    a.restartWorker(stage.now);
    expect(used).not.toContain(a.sendKey);
    expect(a.opens(b)).toBe(true);
    deliver([a, b]);
    expect(b.opens(a)).toBe(true);
  });

  it("while a key is pending drops that one too", () => {
    const [a, b, c] = call(1, 2, 3) as [Party, Party, Party];
    a.do({ type: "recipients", added: [], removed: [c.id] }, stage.now);
    const used = [...a.worker.installed];
    a.restartWorker(stage.now);
    deliver([a, b]);
    wait([a, b], 400);
    expect(used).not.toContain(a.sendKey);
    expect([b.opens(a), c.opens(a)]).toEqual([true, false]);
  });
});

describe("channels that come and go", () => {
  it("bring the key again on a fresh channel, and the receiver's old ones are kept till then", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    b.do({ type: "unreachable", member: a.id }, stage.now);
    a.do({ type: "unreachable", member: b.id }, stage.now);
    expect(b.opens(a)).toBe(true);
    connect(a, b);
    expect(b.opens(a)).toBe(true);
    deliver([a, b]);
    expect(b.opens(a)).toBe(true);
  });

  it("forget a member's old keys when its numbering begins anew", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const again = new Party(1, stage.now, (sent) => stage.wire.push(sent));
    b.do({ type: "reachable", member: a.id }, stage.now);
    again.do({ type: "recipients", added: [b.id], removed: [] }, stage.now);
    again.do({ type: "worker-started" }, stage.now);
    again.do({ type: "reachable", member: b.id }, stage.now);
    deliver([again, b]);
    expect(b.opens(again)).toBe(true);
    expect(b.opens(a)).toBe(false);
  });

  it("do not hold up a switch once they are gone", () => {
    const [a, b, c] = call(1, 2, 3) as [Party, Party, Party];
    const before = sendingEpoch(a.state);
    a.do({ type: "recipients", added: [party(4).id], removed: [] }, stage.now);
    stage.wire = stage.wire.filter(({ to }) => to !== c.id);
    deliver([a, b]);
    expect(sendingEpoch(a.state)).toBe(before);
    a.do({ type: "unreachable", member: c.id }, stage.now);
    expect(sendingEpoch(a.state)).toBe(before + 1);
  });

  it("let somebody ask for a key that cannot be derived", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    b.do({ type: "message", member: a.id, bytes: encodeKeyMessage({ type: "ratchet", epoch: 99 }) }, stage.now);
    expect(typesOf(stage.wire)).toEqual(["want-key 99"]);
    const [asked] = taken();
    if (asked !== undefined) a.do({ type: "message", member: b.id, bytes: asked.bytes }, stage.now);
    expect(typesOf(stage.wire)).toEqual([`key ${sendingEpoch(a.state)}`]);
  });

  it("hold the keys of somebody whom the log names only later", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const c = party(3);
    connect(b, c);
    c.do({ type: "recipients", added: [b.id], removed: [] }, stage.now);
    deliver([a, b, c]);
    expect(b.worker.receive.has(c.id)).toBe(false);
    b.do({ type: "recipients", added: [c.id], removed: [] }, stage.now);
    expect(b.opens(c)).toBe(true);
  });
});

describe("hostile members", () => {
  it("cannot replace a key, bring back one that was given up, or make more than four be held", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const held = (): number[] => [...(b.worker.receive.get(a.id)?.keys() ?? [])];
    const key = (epoch: number, fill: number): void => {
      const bytes = encodeKeyMessage({ type: "key", epoch, baseKey: new Uint8Array(32).fill(fill) });
      b.do({ type: "message", member: a.id, bytes }, stage.now);
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
    a.do({ type: "recipients", added: [c.id], removed: [] }, stage.now);
    taken();
    const before = sendingEpoch(a.state);
    a.do({ type: "message", member: c.id, bytes: encodeKeyMessage({ type: "want-key", epoch: before }) }, stage.now);
    expect(stage.wire).toEqual([]);
    a.do({ type: "message", member: b.id, bytes: encodeKeyMessage({ type: "want-key", epoch: before }) }, stage.now);
    expect(typesOf(stage.wire)).toEqual([`key ${before}`]);
  });

  it("get nothing once they are gone, whatever they ask", () => {
    const [a, , c] = call(1, 2, 3) as [Party, Party, Party];
    a.do({ type: "recipients", added: [], removed: [c.id] }, stage.now);
    taken();
    for (let epoch = 1; epoch < 9; epoch++) {
      a.do({ type: "message", member: c.id, bytes: encodeKeyMessage({ type: "want-key", epoch }) }, stage.now);
    }
    a.do({ type: "reachable", member: c.id }, stage.now);
    expect(stage.wire).toEqual([]);
  });

  it("are held to 64 while they are no members", () => {
    const a = party(1);
    for (let number = 2; number < 120; number++) {
      const stranger = party(number);
      a.do({ type: "reachable", member: stranger.id }, stage.now);
      const bytes = encodeKeyMessage({ type: "key", epoch: 1, baseKey: new Uint8Array(32) });
      a.do({ type: "message", member: stranger.id, bytes }, stage.now);
    }
    expect(a.state.received.size).toBe(64);
  });
});

it("leaves nothing behind when wiped", () => {
  const [a] = call(1, 2) as [Party, Party];
  a.do({ type: "recipients", added: [party(3).id], removed: [] }, stage.now);
  wipeSenderKeys(a.state);
  expect(a.state.current.key.wiped).toBe(true);
  expect(a.state.pending?.key.wiped).toBe(true);
  for (const known of a.state.received.values())
    for (const { key } of known.keys.values()) expect(key.wiped).toBe(true);
});
