import { Secret } from "../../../core/base/secret.ts";
import { createOpener } from "../../../core/sframe/opener.ts";
import { createSealer } from "../../../core/sframe/sealer.ts";
import { AES_256_GCM_SHA512 } from "../../../core/sframe/suites.ts";

/** ms that one round of seal plus open of every frame took. */
export interface SealingRound {
  readonly sframe: number;
  readonly bare: number;
}

export interface SealingPlan {
  readonly rounds: number;
  readonly framesPerRound: number;
  readonly frameBytes: number;
}

declare global {
  var measureSealing: typeof rounds;
}

/** Interleaved rounds of the app's SFrame and of AES-256-GCM alone on the same bytes, both through this engine's WebCrypto, one frame at a time. */
async function rounds(plan: SealingPlan): Promise<SealingRound[]> {
  const frame = crypto.getRandomValues(new Uint8Array(plan.frameBytes));
  const sframe = await sframeRound(frame);
  const bare = await bareRound(frame);
  // The first round compiles and warms; it is not counted.
  const times: SealingRound[] = [];
  for (let round = 0; round <= plan.rounds; round++) {
    const pair = { sframe: await timed(sframe, plan.framesPerRound), bare: await timed(bare, plan.framesPerRound) };
    if (round > 0) times.push(pair);
  }
  return times;
}

async function timed(sealAndOpen: () => Promise<void>, times: number): Promise<number> {
  const began = performance.now();
  for (let index = 0; index < times; index++) await sealAndOpen();
  return performance.now() - began;
}

async function sframeRound(frame: Uint8Array<ArrayBuffer>): Promise<() => Promise<void>> {
  const baseKey = new Secret("sframe-base-key", crypto.getRandomValues(new Uint8Array(32)));
  const source = { suite: AES_256_GCM_SHA512, keyId: 65_537n, baseKey };
  const [sealer, opener] = await Promise.all([createSealer(source), createOpener(source)]);
  return async () => {
    const opened = await opener.open(await sealer.seal(frame, 0), 0);
    if (!opened.ok || opened.value.length !== frame.length) throw new Error("a frame did not open");
  };
}

async function bareRound(frame: Uint8Array<ArrayBuffer>): Promise<() => Promise<void>> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = new Uint8Array(12);
  const counter = new DataView(iv.buffer);
  let next = 0;
  return async () => {
    counter.setUint32(8, next++);
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, frame);
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed);
    if (opened.byteLength !== frame.length) throw new Error("a frame did not open");
  };
}

globalThis.measureSealing = rounds;
