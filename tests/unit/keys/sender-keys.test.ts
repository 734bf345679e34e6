import { beforeEach, describe, expect, it } from "vitest";
import { CHANNEL_OVERHEAD_BYTES } from "../../../core/keys/channel.ts";
import { sendingEpoch } from "../../../core/keys/sender-keys.ts";
import { call, clearStage, connect, deliver, party, stage, taken, wait } from "./sender-key-stage.ts";
import { type Party, typesOf } from "./sender-key-world.ts";

beforeEach(clearStage);

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
    a.do({ type: "recipients", added: [c.id], removed: [] }, stage.now);
    const sent = taken();
    const epoch = sendingEpoch(a.state) + 1;
    expect(typesOf(sent.filter(({ to }) => to === b.id))).toEqual([`ratchet ${epoch}`]);
    expect(typesOf(sent.filter(({ to }) => to === c.id))).toEqual([`key ${epoch}`]);
    expect(a.sendKey).toBe(before);
    stage.wire = sent;
    c.do({ type: "recipients", added: [a.id], removed: [] }, stage.now);
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
    a.do({ type: "recipients", added: [b.id], removed: [] }, stage.now);
    expect(sendingEpoch(a.state)).toBe(2);
  });

  it("switches after 300 ms though somebody says nothing", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const before = a.sendKey;
    a.do({ type: "recipients", added: [party(3).id], removed: [] }, stage.now);
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
    a.do({ type: "recipients", added: [c.id], removed: [] }, stage.now);
    taken();
    a.do({ type: "recipients", added: [d.id], removed: [] }, stage.now);
    expect(typesOf(taken())).toEqual([`key ${sendingEpoch(a.state) + 1}`]);
  });

  it("of somebody not connected yet leaves them out until they are", () => {
    const [a, b] = call(1, 2) as [Party, Party];
    const c = party(3);
    const before = sendingEpoch(a.state);
    a.do({ type: "recipients", added: [c.id], removed: [] }, stage.now);
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
    a.do({ type: "recipients", added: [], removed: [c.id] }, stage.now);
    const sent = taken();
    expect(sent.map(({ to }) => to)).toEqual([b.id]);
    expect(typesOf(sent)).toEqual([`key ${before + 1}`]);
    stage.wire = sent;
    deliver([a, b]);
    expect(b.opens(a)).toBe(true);
    expect(c.opens(a)).toBe(false);
    expect(a.worker.receive.has(c.id)).toBe(false);
  });

  it("of several at once makes one key", () => {
    const [a, , c, d] = call(1, 2, 3, 4) as [Party, Party, Party, Party];
    const before = sendingEpoch(a.state);
    a.do({ type: "recipients", added: [], removed: [c.id, d.id] }, stage.now);
    expect(typesOf(taken())).toEqual([`key ${before + 1}`]);
  });

  it("during a join throws away the key that the gone one had got", () => {
    const [a, b, c] = call(1, 2, 3) as [Party, Party, Party];
    const before = sendingEpoch(a.state);
    const d = party(4);
    connect(a, d);
    a.do({ type: "recipients", added: [d.id], removed: [] }, stage.now);
    a.do({ type: "recipients", added: [], removed: [c.id] }, stage.now);
    deliver([a, b, c, d]);
    expect(sendingEpoch(a.state)).toBe(before + 2);
    expect(a.worker.send.has(before + 1)).toBe(false);
    expect(b.opens(a)).toBe(true);
    expect(c.opens(a)).toBe(false);
  });

  it("during a departure does not put off the first one's switch", () => {
    const [a, b, c, d] = call(1, 2, 3, 4) as [Party, Party, Party, Party];
    const before = sendingEpoch(a.state);
    a.do({ type: "recipients", added: [], removed: [c.id] }, stage.now);
    wait([a], 200);
    a.do({ type: "recipients", added: [], removed: [d.id] }, stage.now);
    taken();
    wait([a, b], 100);
    expect(sendingEpoch(a.state)).toBe(before + 2);
  });

  it("together with a join keeps both apart", () => {
    const [a, b, c] = call(1, 2, 3) as [Party, Party, Party];
    const d = party(4);
    connect(a, d);
    d.do({ type: "recipients", added: [a.id], removed: [] }, stage.now);
    taken();
    a.do({ type: "recipients", added: [d.id], removed: [c.id] }, stage.now);
    deliver([a, b, c, d]);
    expect([b.opens(a), c.opens(a), d.opens(a)]).toEqual([true, false, true]);
  });

  it("costs at most 400 sealed bytes for each who remains", () => {
    const [a, , , d] = call(1, 2, 3, 4) as [Party, Party, Party, Party];
    a.do({ type: "recipients", added: [], removed: [d.id] }, stage.now);
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
    a.do({ type: "recipients", added: [party(3).id], removed: [] }, stage.now);
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
    expect(typesOf(stage.wire).every((text) => text.startsWith("key"))).toBe(true);
    deliver([a, b]);
    expect(a.sendKey).not.toBe(before);
    expect(b.opens(a)).toBe(true);
  });
});
