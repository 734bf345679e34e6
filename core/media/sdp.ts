import { err, ok, type Result } from "../base/result.ts";
import { VigilError } from "../base/errors.ts";
import type { Fingerprint } from "../contract/parts.ts";
import { passedKinds } from "../contract/passing.ts";
import { isUsableCandidate } from "./candidates.ts";
import { fixRed } from "./red.ts";

/** The longest session description that is looked at, in characters. Ours take about 8,000. */
export const MAX_SDP_CHARACTERS = 32 * 1024;
const MAX_CANDIDATES = 32;
const CANDIDATE = "a=candidate:";
/** Microphone, camera, screen, the spare streams, and simple-peer's data channel, always in this order. */
export const SECTIONS: readonly string[] = [
  "audio",
  "video",
  "video",
  ...passedKinds.map(() => "video"),
  "application",
];
/**
 * Opus at constant bitrate, without pauses: packet sizes that follow the speech leak words (RFC 6562). Replaces whatever
 * the other side asks for, so that nobody can ask for the leak.
 */
const OPUS_PARAMETERS = "minptime=10;useinbandfec=1;usedtx=0;cbr=1;stereo=0;maxaveragebitrate=32000";

/**
 * Milliseconds of sound in a packet. Half as many packets as usual: with a link to each member, what surrounds a packet (80
 * bytes of headers and tags) and what it costs to handle one outweigh the sound in it. It adds 20 ms to the way of a word.
 */
export const PACKET_MS = 40;

export type SdpError = VigilError<"sdp-malformed" | "sdp-wrong-certificate">;

/** Tells the loudness of each packet in a header that SRTP does not encrypt. */
function isAudioLevel(line: string): boolean {
  return line.startsWith("a=extmap:") && /ssrc-audio-level|csrc-audio-level/.test(line);
}

function fixOpus(lines: readonly string[]): string[] {
  const opus = new Set(
    lines.map((line) => /^a=rtpmap:(\d+) opus\//i.exec(line)?.[1]).filter((type) => type !== undefined),
  );
  const isReplaced = (line: string): boolean =>
    /^a=(max)?ptime:/.test(line) || opus.has(/^a=fmtp:(\d+) /.exec(line)?.[1] ?? "");
  const withoutOwn = lines.filter((line) => !isReplaced(line));
  const fixed = withoutOwn.flatMap((line) => {
    const type = /^a=rtpmap:(\d+) opus\//i.exec(line)?.[1];
    return type === undefined ? [line] : [line, `a=fmtp:${type} ${OPUS_PARAMETERS}`];
  });
  const first = fixed.findIndex((line) => /^a=rtpmap:\d+ opus\//i.test(line));
  return first === -1 ? fixed : fixed.toSpliced(first, 0, `a=ptime:${PACKET_MS}`);
}

/** The browser's own description may hold candidates over TCP, for which the other side would refuse all of it. */
function isUselessCandidate(line: string): boolean {
  return line.startsWith(CANDIDATE) && !isUsableCandidate(line);
}

/** The description as it is both sent and, when it comes from the other side, applied. */
export function hardenSdp(sdp: string): string {
  const lines = sdp.split(/\r?\n/).filter((line) => line !== "" && !isAudioLevel(line) && !isUselessCandidate(line));
  return `${fixRed(fixOpus(lines)).join("\r\n")}\r\n`;
}

function fingerprints(lines: readonly string[]): string[] {
  return lines.filter((line) => line.startsWith("a=fingerprint:")).map((line) => line.slice("a=fingerprint:".length));
}

function names(fingerprint: string, expected: Fingerprint): boolean {
  const [algorithm, value = ""] = fingerprint.trim().split(/\s+/);
  return algorithm?.toLowerCase() === "sha-256" && value.replaceAll(":", "").toLowerCase() === expected;
}

/**
 * Checks a description from the other side and returns it hardened. It must have exactly our sections, one
 * certificate and that the expected one, and no candidate that may not be used.
 */
export function checkSdp(sdp: string, expected: Fingerprint): Result<string, SdpError> {
  if (sdp.length > MAX_SDP_CHARACTERS) return err(new VigilError("sdp-malformed", "peer"));
  const lines = sdp.split(/\r?\n/);
  const sections = lines.filter((line) => line.startsWith("m=")).map((line) => line.slice(2).split(" ")[0]);
  const candidates = lines.filter((line) => line.startsWith(CANDIDATE));
  const fits =
    sections.length === SECTIONS.length &&
    sections.every((kind, index) => kind === SECTIONS[index]) &&
    candidates.length <= MAX_CANDIDATES &&
    candidates.every(isUsableCandidate);
  if (!fits) return err(new VigilError("sdp-malformed", "peer"));
  const found = fingerprints(lines);
  if (found.length === 0 || !found.every((fingerprint) => names(fingerprint, expected))) {
    return err(new VigilError("sdp-wrong-certificate", "peer"));
  }
  return ok(hardenSdp(sdp));
}
