import { beforeEach, describe, expect, test, vi } from "vitest";
import { keyIdOf } from "../../../../core/sframe/key-id.ts";
import { KeyPort } from "../../../../renderer/frames/key-port.ts";
import { Keyring } from "../../../../renderer/frames/keyring.ts";
import { Recipients } from "../../../../renderer/frames/recipients.ts";
import { ANN, BEN, receiveKey, sendKey } from "./keys.ts";

const ID_1 = keyIdOf(1, 1);

describe("keyring", () => {
  let keyring: Keyring;

  beforeEach(() => {
    keyring = new Keyring();
  });

  test("a new key is used at once or when it is named, as it says", async () => {
    await keyring.apply(sendKey(1, true));
    await keyring.apply(sendKey(2, false));
    expect(keyring.sealer?.keyId).toBe(ID_1);
    await keyring.apply({ type: "use-send-key", epoch: 2 });
    expect(keyring.sealer?.keyId).toBe(keyIdOf(2, 1));
  });

  test("an epoch that was known is never taken again: its counter would start at 0 once more", async () => {
    await keyring.apply(sendKey(2));
    const sealer = keyring.sealer;
    await keyring.apply(sendKey(2));
    await keyring.apply(sendKey(1));
    expect(keyring.sealer).toBe(sealer);
    await keyring.apply({ type: "forget-send-key", epoch: 2 });
    await keyring.apply(sendKey(2));
    expect(keyring.sealer).toBeNull();
  });

  test("naming an epoch that is not there leaves nothing to seal with", async () => {
    await keyring.apply(sendKey(1));
    await keyring.apply({ type: "use-send-key", epoch: 7 });
    expect(keyring.sealer).toBeNull();
  });

  test("forgetting the key in use stops the sealing", async () => {
    await keyring.apply(sendKey(1));
    await keyring.apply({ type: "forget-send-key", epoch: 1 });
    expect(keyring.sealer).toBeNull();
  });

  test("a member's key is nobody else's", async () => {
    await keyring.apply(receiveKey(ANN, 1));
    expect(keyring.opener(ANN, ID_1)).not.toBeNull();
    expect(keyring.opener(BEN, ID_1)).toBeNull();
    expect(keyring.opener(ANN, keyIdOf(1, 2))).toBeNull();
  });

  test("the same key given again keeps what it knows of replays", async () => {
    await keyring.apply(receiveKey(ANN, 1));
    const opener = keyring.opener(ANN, ID_1);
    await keyring.apply(receiveKey(ANN, 1));
    expect(keyring.opener(ANN, ID_1)).toBe(opener);
  });

  test("one epoch, one member and everything can be forgotten", async () => {
    await keyring.apply(receiveKey(ANN, 1));
    await keyring.apply(receiveKey(ANN, 2));
    await keyring.apply(receiveKey(BEN, 1));
    await keyring.apply({ type: "forget-receive-key", member: ANN, epoch: 1 });
    expect(keyring.opener(ANN, ID_1)).toBeNull();
    expect(keyring.opener(ANN, keyIdOf(2, 1))).not.toBeNull();
    await keyring.apply({ type: "forget-member", member: ANN });
    expect(keyring.opener(ANN, keyIdOf(2, 1))).toBeNull();
    await keyring.apply(sendKey(1));
    await keyring.apply({ type: "forget-all" });
    expect([keyring.sealer, keyring.opener(BEN, ID_1)]).toEqual([null, null]);
  });

  test("of many epochs of one member only the latest stay", async () => {
    for (let epoch = 1; epoch <= 12; epoch++) await keyring.apply(receiveKey(ANN, epoch));
    const kept = Array.from({ length: 12 }, (_, index) => keyring.opener(ANN, keyIdOf(index + 1, 1)) !== null);
    expect(kept.indexOf(true)).toBe(4);
    expect(kept.slice(4)).toEqual(Array<boolean>(8).fill(true));
  });
});

class FakePort {
  listener: ((data: unknown) => void) | null = null;
  closed = false;

  listen(listener: (data: unknown) => void): () => void {
    this.listener = listener;
    return () => (this.listener = null);
  }

  close(): void {
    this.closed = true;
  }
}

describe("the port that keys come by", () => {
  test("applies messages in order though each takes its time", async () => {
    const keyring = new Keyring();
    const port = new FakePort();
    new KeyPort(keyring, new Recipients()).attach(port);
    port.listener?.(sendKey(1, false));
    port.listener?.({ type: "use-send-key", epoch: 1 });
    port.listener?.(sendKey(2, false));
    await vi.waitFor(() => expect(keyring.sealer?.keyId).toBe(ID_1));
  });

  test("says at once who may get frames, also while the keys before it are being derived", () => {
    const recipients = new Recipients();
    const port = new FakePort();
    new KeyPort(new Keyring(), recipients).attach(port);
    port.listener?.({ type: "recipients", members: [ANN, BEN] });
    port.listener?.(sendKey(1));
    port.listener?.({ type: "recipients", members: [BEN] });
    expect([recipients.has(ANN), recipients.has(BEN)]).toEqual([false, true]);
    port.listener?.({ type: "forget-all" });
    expect(recipients.has(BEN)).toBe(false);
  });

  test.each([
    ["no message", null],
    ["a key that is too short", { ...sendKey(1), baseKey: "AAAA" }],
    ["an epoch of 0", { ...sendKey(1), epoch: 0 }],
    ["an index that is too large", { ...sendKey(1), index: 65_536 }],
    ["a field too many", { ...sendKey(1), counter: 0 }],
  ])("refuses %s", async (_name, message) => {
    const keyring = new Keyring();
    const port = new FakePort();
    new KeyPort(keyring, new Recipients()).attach(port);
    port.listener?.(message);
    port.listener?.(receiveKey(ANN, 1));
    await vi.waitFor(() => expect(keyring.opener(ANN, ID_1)).not.toBeNull());
    expect(keyring.sealer).toBeNull();
  });

  test("a new port closes the old one and everything it gave is forgotten", async () => {
    const keyring = new Keyring();
    const recipients = new Recipients();
    const keyPort = new KeyPort(keyring, recipients);
    recipients.set([ANN]);
    const [old, fresh] = [new FakePort(), new FakePort()];
    keyPort.attach(old);
    old.listener?.(sendKey(5));
    await vi.waitFor(() => expect(keyring.sealer).not.toBeNull());
    keyPort.attach(fresh);
    expect([old.closed, old.listener]).toEqual([true, null]);
    expect(recipients.has(ANN)).toBe(false);
    await vi.waitFor(() => expect(keyring.sealer).toBeNull());
    fresh.listener?.(sendKey(1));
    await vi.waitFor(() => expect(keyring.sealer?.keyId).toBe(ID_1));
  });
});
