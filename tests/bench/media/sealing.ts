import { randomBytes } from "node:crypto";
import type { MemberId } from "../../../core/base/member-id.ts";
import { emptyTally } from "../../../renderer/frames/counts.ts";
import { Keyring } from "../../../renderer/frames/keyring.ts";
import { Carrier } from "../../../renderer/frames/pictures/carrier.ts";
import type { PictureStream } from "../../../renderer/frames/pictures/picture-stream.ts";
import { directStream } from "../../support/direct-stream.ts";
import { atMost, forComparison, type Measure } from "../measure.ts";
import { quantile } from "../quantile.ts";

const ROUNDS = 120;
const PICTURES = 60;
/** Of one picture of 1280x720 at 2.2 Mbit/s and 30 a second. */
const PICTURE_BYTES = 9_000;
const FRAME_US = 40_000;

/** An encoder that takes no time: only what comes after it is measured. */
class InstantEncoder {
  static readonly #picture = Uint8Array.from([0x31, 1, 0, ...randomBytes(PICTURE_BYTES - 3)]);
  static readonly #keyPicture = Uint8Array.from([
    0x10,
    2,
    0,
    0x9d,
    1,
    0x2a,
    0,
    5,
    0xd0,
    2,
    ...randomBytes(PICTURE_BYTES - 10),
  ]);
  readonly state = "configured";
  readonly encodeQueueSize = 0;
  readonly #output: (chunk: object) => void;

  constructor({ output }: { output: (chunk: object) => void }) {
    this.#output = output;
  }

  configure(): void {}

  encode({ timestamp }: { timestamp: number }, { keyFrame }: { keyFrame: boolean }): void {
    const bytes = keyFrame ? InstantEncoder.#keyPicture : InstantEncoder.#picture;
    this.#output({
      byteLength: bytes.length,
      type: keyFrame ? "key" : "delta",
      timestamp,
      copyTo: (to: Uint8Array) => to.set(bytes),
    });
  }

  close(): void {}
}

function frame(timestamp: number): VideoFrame {
  return { timestamp, displayWidth: 1280, displayHeight: 720, close: () => undefined } as unknown as VideoFrame;
}

/** A sender with so many links, whose own encoders are gone: each tick comes out at once. */
class Sender {
  #camera: ReadableStreamDefaultController<VideoFrame> | null = null;
  #timestamp = 0;
  #placed = 0;
  #awaited = 0;
  #done: () => void = () => undefined;
  readonly #links: number;

  constructor(links: number, keyring: Keyring) {
    this.#links = links;
    const stream = directStream("camera", {
      keyring,
      elapsed: () => this.#timestamp / 1_000,
      after: () => () => undefined,
    });
    stream.setSource(new ReadableStream({ start: (controller) => void (this.#camera = controller) }));
    for (let index = 0; index < links; index++) this.#join(stream, String(index).padEnd(43, "A") as MemberId);
  }

  #join(stream: PictureStream, member: MemberId): void {
    const carrier: Carrier = new Carrier({
      tally: emptyTally(),
      after: () => () => undefined,
      tick: (timestamp) => queueMicrotask(() => void this.#comeOut(carrier, timestamp)),
      onKeyFrameWanted: () => stream.wantKeyFrame(member),
    });
    stream.join(member, carrier);
    stream.setWish(member, "full");
    stream.begin(member);
  }

  async #comeOut(carrier: Carrier, timestamp: number): Promise<void> {
    const rtpTimestamp = (90 * Math.round(timestamp / 1_000)) >>> 0;
    const tick = { data: new ArrayBuffer(20), type: "delta", getMetadata: () => ({ rtpTimestamp }) };
    if (!(await carrier.handle(tick))) return;
    if (++this.#placed >= this.#awaited) this.#done();
  }

  /** Microseconds of processor time for each of some pictures, from the encoder to the last link. */
  async run(pictures: number): Promise<number> {
    const before = process.cpuUsage();
    for (let index = 0; index < pictures; index++) {
      this.#timestamp += FRAME_US;
      this.#placed = 0;
      this.#awaited = this.#links;
      const placed = new Promise<void>((resolve) => (this.#done = resolve));
      this.#camera?.enqueue(frame(this.#timestamp));
      await placed;
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / pictures;
  }
}

/** Sealing one picture and placing it on eight links against one link, in the frames worker's own classes. */
export const sealing: Measure = {
  name: "media-sealing",
  async run(say) {
    const encoder = globalThis.VideoEncoder;
    Object.assign(globalThis, { VideoEncoder: InstantEncoder });
    try {
      const keyring = new Keyring();
      const baseKey = randomBytes(32).toString("base64url");
      await keyring.apply({ type: "send-key", index: 1, epoch: 1, baseKey, use: true });
      const [one, eight] = [new Sender(1, keyring), new Sender(8, keyring)];
      await one.run(PICTURES * 5);
      await eight.run(PICTURES * 5);
      const spent = { one: [] as number[], eight: [] as number[] };
      for (let round = 0; round < ROUNDS; round++) {
        spent.one.push(await one.run(PICTURES));
        spent.eight.push(await eight.run(PICTURES));
      }
      const few = quantile(spent.one, 0.5);
      const many = quantile(spent.eight, 0.5);
      // The machine's pace changes from second to second: what one round took is held against what the next took.
      const times = spent.eight.map((us, round) => us / (spent.one[round] ?? Number.NaN));
      say(`${few?.toFixed(0)} and ${many?.toFixed(0)} us`);
      const what = `sealing a picture of ${PICTURE_BYTES} bytes and placing it on its links, processor time:`;
      return [
        forComparison({ what: `${what} 1 link`, value: few, unit: "us" }),
        forComparison({ what: `${what} 8 links`, value: many, unit: "us" }),
        atMost(1.2, { what: `${what} 8 links to 1`, value: quantile(times, 0.5), unit: "ratio" }),
      ];
    } finally {
      Object.assign(globalThis, { VideoEncoder: encoder });
    }
  },
};
