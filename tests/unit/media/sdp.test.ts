import { describe, expect, test } from "vitest";
import type { Fingerprint } from "../../../core/contract/parts.ts";
import { checkSdp, hardenSdp, MAX_SDP_CHARACTERS } from "../../../core/media/sdp.ts";
import { FINGERPRINT, sdp } from "./fake-peer.ts";

const EXPECTED = FINGERPRINT as Fingerprint;

function codeOf(text: string): string {
  const checked = checkSdp(text, EXPECTED);
  return checked.ok ? "ok" : checked.error.code;
}

describe("session descriptions from the other side", () => {
  test("ours passes", () => {
    expect(codeOf(sdp())).toBe("ok");
  });

  test.each([
    ["without a certificate", sdp().replaceAll(/a=fingerprint.*\r\n/g, "")],
    ["with another certificate", sdp("ff".repeat(32))],
    ["with a second certificate beside the right one", sdp(FINGERPRINT, ["a=fingerprint:sha-256 AA:BB"])],
    ["with the right value under another algorithm", sdp().replaceAll("sha-256", "sha-1")],
    ["with the right value under a weak second algorithm", sdp(FINGERPRINT, [`a=fingerprint:md5 ${FINGERPRINT}`])],
  ])("%s is refused for its certificate", (_name, text) => {
    expect(codeOf(text)).toBe("sdp-wrong-certificate");
  });

  test.each([
    ["one section more", sdp(FINGERPRINT, ["m=video 9 UDP/TLS/RTP/SAVPF 96"])],
    ["one section less", sdp().replace("m=application", "x=application")],
    ["sections in another order", sdp().replace("m=audio", "m=video")],
    ["too long", sdp(FINGERPRINT, ["a=x:".padEnd(MAX_SDP_CHARACTERS, "x")])],
    ["a candidate that names a host", sdp(FINGERPRINT, ["a=candidate:1 1 udp 1 tracker.example 9 typ host"])],
    ["a candidate over TCP", sdp(FINGERPRINT, ["a=candidate:1 1 tcp 1 10.0.0.1 22 typ host tcptype passive"])],
    ["too many candidates", sdp(FINGERPRINT, Array<string>(33).fill("a=candidate:1 1 udp 1 10.0.0.1 9 typ host"))],
  ])("%s is malformed", (_name, text) => {
    expect(codeOf(text)).toBe("sdp-malformed");
  });
});

describe("hardening", () => {
  test("takes out what the browser offers over TCP, so that the other side takes the rest", () => {
    const own = [
      "a=candidate:1 1 tcp 1 10.0.0.1 9 typ host tcptype active",
      "a=candidate:2 1 udp 1 10.0.0.1 9 typ host",
    ];
    const hardened = hardenSdp(sdp(FINGERPRINT, own));
    expect(hardened.match(/a=candidate:.*/g)).toEqual([own[1]]);
    expect(codeOf(hardened)).toBe("ok");
  });

  const opus = ["a=rtpmap:111 opus/48000/2", "a=rtcp-fb:111 transport-cc"];

  test("fixes Opus to constant bitrate without pauses, whatever was asked", () => {
    const asked = [...opus, "a=fmtp:111 minptime=10;useinbandfec=0;usedtx=1;cbr=0"].join("\r\n");
    const hardened = hardenSdp(`${asked}\r\n`);
    expect(hardened.match(/a=fmtp:111 .*/g)).toEqual([
      "a=fmtp:111 minptime=10;useinbandfec=1;usedtx=0;cbr=1;stereo=0;maxaveragebitrate=32000",
    ]);
  });

  test("adds the parameters where there were none, and replaces them however often they stand", () => {
    expect(hardenSdp(opus.join("\n")).match(/cbr=1/g)).toHaveLength(1);
    const twice = ["a=fmtp:111 cbr=0", ...opus, "a=fmtp:111 usedtx=1"].join("\r\n");
    expect(hardenSdp(twice).match(/a=fmtp:111/g)).toHaveLength(1);
  });

  const red = ["a=rtpmap:63 red/48000/2", "a=fmtp:63 111/111/111/111/111"];

  test("repeats one packet's sound and no more, however much the other side asks for", () => {
    const hardened = hardenSdp([...opus, ...red].join("\r\n"));
    expect(hardened.match(/a=fmtp:63 .*/g)).toEqual(["a=fmtp:63 111/111"]);
    expect(hardenSdp([...opus, "a=rtpmap:63 red/48000/2", "a=fmtp:63 0/8"].join("\r\n"))).toContain(
      "a=fmtp:63 111/111\r",
    );
    // What looks like it in another codec's parameters is none of it.
    expect(hardenSdp([...opus, "a=rtpmap:98 x/90000", "a=fmtp:98 1/2"].join("\r\n"))).toContain("a=fmtp:98 1/2\r");
  });

  test("puts 40 ms of sound into a packet, whatever was asked", () => {
    const asked = [...opus, "a=ptime:20", "a=maxptime:60"].join("\r\n");
    expect(hardenSdp(asked).match(/a=(max)?ptime:.*/g)).toEqual(["a=ptime:40"]);
  });

  test("covers every payload type that is Opus, and no other", () => {
    const two = ["a=rtpmap:111 opus/48000/2", "a=rtpmap:63 OPUS/48000/2", "a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=96"];
    const hardened = hardenSdp(two.join("\r\n"));
    expect(hardened.match(/cbr=1/g)).toHaveLength(2);
    expect(hardened).toContain("a=fmtp:97 apt=96");
  });

  test("takes out the headers that tell how loud each packet is", () => {
    const level = "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    const mid = "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid";
    const hardened = hardenSdp([level, mid, level.replace("ssrc", "csrc")].join("\r\n"));
    expect(hardened).toBe(`${mid}\r\n`);
  });

  test("changes nothing the second time", () => {
    const once = hardenSdp(sdp(FINGERPRINT, opus));
    expect(hardenSdp(once)).toBe(once);
  });
});
