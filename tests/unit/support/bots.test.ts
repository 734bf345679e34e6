import { X509Certificate } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { isVp8KeyFrame } from "../../../renderer/frames/clear-bytes.ts";
import { makeCertificate } from "../../support/bots/certificate.ts";
import { sectionsOf } from "../../support/bots/peer.ts";
import { PICTURE_RATE, readRecordings, SOUND_MS } from "../../support/bots/recordings.ts";
import { decodeRtp, encodeRtp, packetizeVp8, Vp8Assembler } from "../../support/bots/rtp.ts";

const header = { payloadType: 96, marker: true, sequence: 0xffff, timestamp: 0xfedc_ba98, ssrc: 0x8000_0001 };

describe("RTP", () => {
  it("is read as it was written, also behind contributing sources, an extension and padding", () => {
    const payload = Uint8Array.of(1, 2, 3);
    const plain = encodeRtp(header, payload);
    expect(decodeRtp(plain)).toEqual({ ...header, payload: Buffer.from(payload) });
    const [first = 0] = plain;
    const long = Buffer.concat([
      Buffer.of(first | 0x31, ...plain.subarray(1, 12)),
      Buffer.of(9, 9, 9, 9),
      Buffer.of(0xbe, 0xde, 0, 1, 7, 7, 7, 7),
      payload,
      Buffer.of(0, 2),
    ]);
    expect(decodeRtp(long)).toEqual({ ...header, payload: Buffer.from(payload) });
  });

  it("is told from RTCP and from what is cut off", () => {
    expect(decodeRtp(Buffer.of(0x80, 200, ...new Array<number>(10).fill(0)))).toBeNull();
    expect(decodeRtp(encodeRtp(header, new Uint8Array()).subarray(0, 11))).toBeNull();
    expect(decodeRtp(Buffer.concat([Buffer.of(0xbf), encodeRtp(header, new Uint8Array(3)).subarray(1)]))).toBeNull();
  });
});

describe("a VP8 frame", () => {
  const frame = Uint8Array.from({ length: 3_000 }, (_, index) => index & 0xff);
  const packets = (first: number) =>
    packetizeVp8(frame, 300).map((payload, index, all) => ({
      ...header,
      sequence: (first + index) & 0xffff,
      marker: index === all.length - 1,
      payload,
    }));

  it("comes together again from its packets, over the end of their numbers", () => {
    const lost = vi.fn();
    const assembler = new Vp8Assembler(lost);
    expect(packets(0xfffe).map((packet) => assembler.take(packet))).toEqual([null, null, frame]);
    expect(lost).not.toHaveBeenCalled();
  });

  it("with a gap is lost, and the next one is not", () => {
    const lost = vi.fn();
    const assembler = new Vp8Assembler(lost);
    const [first, , third] = packets(10);
    expect([first, third].map((packet) => packet !== undefined && assembler.take(packet))).toEqual([null, null]);
    expect(lost).toHaveBeenCalledOnce();
    expect(
      packets(13)
        .map((packet) => assembler.take(packet))
        .at(-1),
    ).toEqual(frame);
  });
});

describe("what bots play", () => {
  const { small, middle, sound } = readRecordings();

  it("is two seconds with a key frame each second, and sound of one size", () => {
    for (const layer of [small, middle]) {
      expect(layer).toHaveLength(2 * PICTURE_RATE);
      expect(layer.flatMap((frame, index) => (isVp8KeyFrame(frame) ? [index] : []))).toEqual([0, PICTURE_RATE]);
    }
    expect(sound.length).toBeGreaterThanOrEqual(2_000 / SOUND_MS);
    // Constant bitrate: sizes tell nothing of what is said.
    expect(new Set(sound.map(({ length }) => length)).size).toBe(1);
  });
});

describe("a bot's links", () => {
  it("prove a certificate of their own", async () => {
    const [one, other] = await Promise.all([makeCertificate(), makeCertificate()]);
    const { fingerprint256 } = new X509Certificate(one.pem);
    expect(fingerprint256.replaceAll(":", "").toLowerCase()).toBe(one.fingerprint);
    expect(other.fingerprint).not.toBe(one.fingerprint);
  });

  it("take the names and payload types that the offer gives", () => {
    const media = (kind: string, mid: string, codec: string): string =>
      `m=${kind} 9 UDP/TLS/RTP/SAVPF 1\r\na=mid:${mid}\r\na=rtpmap:9 other/90000\r\na=rtpmap:${codec}\r\n`;
    const video = (mid: string, type: number): string => media("video", mid, `${type} VP8/90000`);
    const pictures = [video("b", 96), video("c", 98), video("d", 98), video("e", 98)].join("");
    const sdp = `v=0\r\n${media("audio", "a", "111 opus/48000/2")}${pictures}m=application 9 x\r\na=mid:f\r\n`;
    expect(sectionsOf(sdp)).toEqual([
      { mid: "a", payloadType: 111 },
      { mid: "b", payloadType: 96 },
      { mid: "c", payloadType: 98 },
      { mid: "d", payloadType: 98 },
      { mid: "e", payloadType: 98 },
    ]);
  });
});
