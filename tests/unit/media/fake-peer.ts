import type { CreatePeer, Peer, PeerEvent, PeerOptions } from "../../../core/media/peer.ts";
import type { Slots } from "../../../core/media/slots.ts";

/** Stands for transceivers where nobody looks inside them. */
export const FAKE_SLOTS = {} as Slots;

export const FINGERPRINT = "0123456789abcdef".repeat(4);

/** A description as Chromium writes it, cut down to what is looked at. */
export function sdp(fingerprint = FINGERPRINT, more: readonly string[] = []): string {
  const colons = fingerprint.toUpperCase().match(/../g)?.join(":") ?? "";
  const section = (kind: string): string[] => [`m=${kind} 9 UDP/TLS/RTP/SAVPF 111`, `a=fingerprint:sha-256 ${colons}`];
  const sections = ["audio", "video", "video", "video", "video", "application"].flatMap(section);
  return `${["v=0", "s=-", "t=0 0", ...sections, ...more].join("\r\n")}\r\n`;
}

export function description(type: "offer" | "answer", fingerprint?: string): string {
  return JSON.stringify({ type, sdp: sdp(fingerprint) });
}

export function candidate(address = "192.168.1.7"): string {
  const line = `candidate:1 1 udp 2122260223 ${address} 50000 typ host`;
  return JSON.stringify({ type: "candidate", candidate: { candidate: line, sdpMid: "0", sdpMLineIndex: 0 } });
}

/** A WebRTC connection whose events a test brings about. */
export class FakePeer implements Peer {
  readonly options: PeerOptions;
  readonly applied: unknown[] = [];
  restarts = 0;
  readonly twice: boolean[] = [];
  closed = false;
  signaling: RTCSignalingState = "stable";
  /** What the selected candidate pair is made of. */
  candidateType = "host";
  /** How often its statistics do not name the selected pair yet. */
  unknownPaths = 0;

  constructor(options: PeerOptions) {
    this.options = options;
  }

  emit(event: PeerEvent): void {
    this.options.listener(event);
  }

  signalingState(): RTCSignalingState {
    return this.signaling;
  }

  apply(signal: unknown): void {
    this.applied.push(signal);
  }

  sendSoundTwice(twice: boolean): void {
    this.twice.push(twice);
  }

  restartIce(): void {
    this.restarts++;
  }

  statistics(): Promise<RTCStatsReport> {
    const selected = this.unknownPaths-- > 0 ? {} : { selectedCandidatePairId: "P" };
    const entries: [string, object][] = [
      ["T", { type: "transport", ...selected }],
      ["P", { type: "candidate-pair", localCandidateId: "L", remoteCandidateId: "R" }],
      ["L", { type: "local-candidate", candidateType: "host" }],
      ["R", { type: "remote-candidate", candidateType: this.candidateType }],
    ];
    return Promise.resolve(new Map(entries) as unknown as RTCStatsReport);
  }

  close(): void {
    this.closed = true;
  }
}

/** Makes fake connections and keeps them. */
export class FakePeers {
  readonly made: FakePeer[] = [];

  readonly create: CreatePeer = (options) => {
    const peer = new FakePeer(options);
    this.made.push(peer);
    return peer;
  };

  get last(): FakePeer {
    const peer = this.made.at(-1);
    if (peer === undefined) throw new Error("no connection was made");
    return peer;
  }
}
