import { describe, expect, test } from "vitest";
import { Secret } from "../../../core/base/secret.ts";
import { decodeHeader } from "../../../core/sframe/header.ts";
import type { KeySource } from "../../../core/sframe/key-schedule.ts";
import { createOpener } from "../../../core/sframe/opener.ts";
import { createSealer, Sealer } from "../../../core/sframe/sealer.ts";
import { AES_256_GCM_SHA512, TAG_BYTES } from "../../../core/sframe/suites.ts";

function source(fill = 7, keyId = 0x10002n): KeySource {
  return { suite: AES_256_GCM_SHA512, keyId, baseKey: new Secret("sframe-base-key", new Uint8Array(32).fill(fill)) };
}

const frame = Uint8Array.from({ length: 1200 }, (_, index) => (index * 31) & 255);

describe("SFrame seal and open", () => {
  test.each([0, 3, 10])("a frame comes back whole with %i bytes left clear", async (clear) => {
    const sealed = await (await createSealer(source())).seal(frame, clear);
    expect(sealed.subarray(0, clear)).toEqual(frame.subarray(0, clear));
    expect(sealed).toHaveLength(frame.length + 4 + TAG_BYTES);
    expect(await (await createOpener(source())).open(sealed, clear)).toEqual({ ok: true, value: frame });
  });

  test("an empty frame is sealed and opened like any other", async () => {
    const sealed = await (await createSealer(source())).seal(new Uint8Array(0), 3);
    expect(sealed).toHaveLength(4 + TAG_BYTES);
    expect(await (await createOpener(source())).open(sealed, 0)).toEqual({ ok: true, value: new Uint8Array(0) });
  });

  test("the counter goes up by one for each frame, also when many are sealed at once", async () => {
    const sealer = await createSealer(source());
    const sealed = await Promise.all(Array.from({ length: 300 }, () => sealer.seal(frame, 0)));
    const counters = sealed.map((bytes) => {
      const header = decodeHeader(bytes);
      return header.ok ? Number(header.value.counter) : -1;
    });
    expect(counters).toEqual(Array.from({ length: 300 }, (_, index) => index));
    // Each under its own nonce: none was overwritten by the next while the cipher was at work.
    const opener = await createOpener(source());
    const opened = await Promise.all(sealed.map((bytes) => opener.open(bytes, 0)));
    expect(opened.filter((result) => result.ok && Buffer.compare(result.value, frame) === 0)).toHaveLength(300);
  });

  test("an altered byte anywhere is refused", async () => {
    const sealed = await (await createSealer(source())).seal(frame.subarray(0, 40), 10);
    for (let index = 0; index < sealed.length; index++) {
      const altered = sealed.slice();
      altered[index] = (altered[index] ?? 0) ^ 1;
      expect((await (await createOpener(source())).open(altered, 10)).ok, `byte ${index}`).toBe(false);
    }
  });

  test("a cut frame is refused at every length", async () => {
    const opener = await createOpener(source());
    const sealed = await (await createSealer(source())).seal(frame.subarray(0, 30), 3);
    for (let length = 0; length < sealed.length; length++) {
      expect((await opener.open(sealed.slice(0, length), 3)).ok, `length ${length}`).toBe(false);
    }
    expect((await opener.open(sealed, 3)).ok).toBe(true);
  });

  test("another key, and another key id, each say so", async () => {
    const sealed = await (await createSealer(source())).seal(frame, 0);
    const otherKey = await (await createOpener(source(8))).open(sealed, 0);
    const otherId = await (await createOpener(source(7, 0x10003n))).open(sealed, 0);
    expect(otherKey.ok || otherKey.error.code).toBe("sframe-unopenable");
    expect(otherId.ok || otherId.error.code).toBe("sframe-other-key");
  });

  test("a replay is refused, also when both copies are opened at once", async () => {
    const opener = await createOpener(source());
    const sealed = await (await createSealer(source())).seal(frame, 0);
    const both = await Promise.all([opener.open(sealed, 0), opener.open(sealed, 0)]);
    expect(both.map((result) => result.ok || result.error.code).sort()).toEqual(["sframe-replayed", true]);
    const third = await opener.open(sealed, 0);
    expect(third.ok || third.error.code).toBe("sframe-replayed");
  });

  test("a forged frame does not use up the counter of the true one", async () => {
    const opener = await createOpener(source());
    const sealed = await (await createSealer(source())).seal(frame, 0);
    const forged = sealed.slice();
    forged[20] = (forged[20] ?? 0) ^ 255;
    expect((await opener.open(forged, 0)).ok).toBe(false);
    expect((await opener.open(sealed, 0)).ok).toBe(true);
  });

  test("keys cannot be read back and the base key can be wiped after use", async () => {
    const keys = source();
    const sealer = await createSealer(keys);
    keys.baseKey.wipe();
    expect(sealer).toBeInstanceOf(Sealer);
    expect((await sealer.seal(frame, 0)).length).toBeGreaterThan(frame.length);
    await expect(createSealer(keys)).rejects.toThrow("sframe-base-key");
  });
});
