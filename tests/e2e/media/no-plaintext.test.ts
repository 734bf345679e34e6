import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { fromBase64Url } from "../../../core/base/bytes.ts";
import { Secret } from "../../../core/base/secret.ts";
import { keyIdOf } from "../../../core/sframe/key-id.ts";
import { createOpener } from "../../../core/sframe/opener.ts";
import { AES_256_GCM_SHA512 } from "../../../core/sframe/suites.ts";
import { bundlePage, type Bundle } from "./bundle.ts";
import type { CapturedFrame } from "./capture-worker.ts";
import { CHROMIUM, joinSignals, launch, MemberPage, openLinks } from "./pages.ts";

/** VP8's clear bytes by the kind of frame; sound has none. */
function clearBytes({ kind, bytes }: CapturedFrame): number {
  if (kind === "microphone") return 0;
  return ((bytes[0] ?? 1) & 1) === 0 ? 10 : 3;
}

/** Whether any eight bytes in a row of `plaintext` stand anywhere in `wire`. */
function shares(wire: Buffer, plaintext: Buffer): boolean {
  for (let offset = 0; offset + 8 <= plaintext.length; offset++) {
    if (wire.includes(plaintext.subarray(offset, offset + 8))) return true;
  }
  return false;
}

describe.skipIf(CHROMIUM === null)("what leaves the sender (needs Chromium)", { timeout: 60_000 }, () => {
  let bundle: Bundle;
  let browser: Browser;
  let frames: readonly CapturedFrame[];
  let baseKey: Uint8Array<ArrayBuffer>;

  beforeAll(async () => {
    bundle = await bundlePage();
    const launched = await launch(bundle);
    browser = launched.browser;
    const ann = await MemberPage.open(launched.context, 0);
    const recorder = await MemberPage.open(launched.context, 1, "?capture");
    joinSignals(ann, recorder);
    await ann.prepare();
    await ann.useSendKey();
    await openLinks(ann, recorder);
    frames = await vi.waitFor(
      async () => {
        const captured = await recorder.page.evaluate(() => engineUnderTest.captured());
        for (const kind of ["microphone", "camera"]) {
          expect(captured.filter((frame) => frame.kind === kind).length).toBeGreaterThan(15);
        }
        return captured;
      },
      { timeout: 30_000, interval: 250 },
    );
    baseKey = fromBase64Url(ann.baseKey) ?? new Uint8Array(32);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await bundle.remove();
  });

  test("holds nothing of the plaintext beyond the bytes that VP8 leaves clear", async () => {
    const keys = { suite: AES_256_GCM_SHA512, keyId: keyIdOf(1, 0), baseKey: new Secret("sframe-base-key", baseKey) };
    const opener = await createOpener(keys);
    const seen = new Set<string>();
    for (const frame of frames) {
      const wire = Uint8Array.from(frame.bytes);
      const clear = clearBytes(frame);
      const opened = await opener.open(wire, clear);
      // The path is probed with copies of old packets.
      if (!opened.ok && opened.error.code === "sframe-replayed") continue;
      if (!opened.ok) throw opened.error;
      const plaintext = Buffer.from(opened.value.subarray(clear));
      expect(shares(Buffer.from(wire.subarray(clear)), plaintext)).toBe(false);
      // The check itself can see: the plaintext shares every run of bytes with itself.
      expect(shares(plaintext, plaintext)).toBe(true);
      seen.add(`${frame.kind} ${clear}`);
    }
    expect([...seen].sort()).toEqual(["camera 10", "camera 3", "microphone 0"]);
  });

  test("is sound of one size at a constant rate, whatever is said", () => {
    const sizes = frames.filter(({ kind }) => kind === "microphone").map(({ bytes }) => bytes.length);
    // The fake microphone beeps and is silent by turns. The counter in the header grows by a byte or two.
    expect(Math.min(...sizes)).toBeGreaterThan(80);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(2);
  });
});
