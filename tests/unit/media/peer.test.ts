import { describe, expect, test, vi } from "vitest";
import { createPeerFactory, type Peer, type PeerEvent } from "../../../core/media/peer.ts";
import type { WebRtc } from "../../../core/media/webrtc.ts";

class FakeChannel {
  readyState = "open";
  onmessage: ((event: { data: unknown }) => void) | null = null;
  close(): void {
    this.readyState = "closed";
  }
}

class FakeTransceiver {
  readonly receiver: { track: { kind: string } };
  readonly sender = { track: null };
  readonly mid = null;
  direction = "recvonly";
  codecs: readonly string[] = [];

  constructor(kind: string) {
    this.receiver = { track: { kind } };
  }

  setCodecPreferences(codecs: readonly { mimeType: string }[]): void {
    this.codecs = codecs.map(({ mimeType }) => mimeType);
  }
}

/** Microphone, camera, screen and the two spare ones. */
const KINDS = ["audio", "video", "video", "video", "video"];

/** As much of RTCPeerConnection as simple-peer and the adapter use. */
class FakeConnection extends EventTarget {
  static made: FakeConnection[] = [];
  readonly configuration: RTCConfiguration;
  readonly channel = new FakeChannel();
  readonly log: string[] = [];
  readonly offers: unknown[] = [];
  /** The first format of sound in each description of the other side's that was applied. */
  readonly orders: string[] = [];
  transceivers: FakeTransceiver[] = [];
  /** What the other side's offer brings. */
  offered = KINDS;
  connectionState = "new";
  iceConnectionState = "new";
  iceGatheringState = "new";
  signalingState = "stable";
  localDescription: unknown = null;
  remoteDescription: unknown = null;
  onsignalingstatechange: (() => void) | null = null;

  constructor(configuration: RTCConfiguration) {
    super();
    this.configuration = configuration;
    FakeConnection.made.push(this);
  }

  createDataChannel(): FakeChannel {
    return this.channel;
  }

  addTransceiver(kind: string): FakeTransceiver {
    const transceiver = new FakeTransceiver(kind);
    this.transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers(): readonly FakeTransceiver[] {
    return this.transceivers;
  }

  createOffer(options: unknown): Promise<{ type: string; sdp: string }> {
    this.offers.push(options);
    this.log.push("offer");
    return Promise.resolve({ type: "offer", sdp: "v=0\r\n" });
  }

  createAnswer(): Promise<{ type: string; sdp: string }> {
    this.log.push("answer");
    return Promise.resolve({ type: "answer", sdp: "v=0\r\n" });
  }

  setLocalDescription(given?: { type: string }): Promise<void> {
    const description = given ?? { type: this.signalingState === "stable" ? "offer" : "answer" };
    this.localDescription = description;
    this.#become(description.type === "offer" ? "have-local-offer" : "stable");
    return Promise.resolve();
  }

  setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
    this.remoteDescription = description;
    this.orders.push(/m=audio \S+ \S+ (\d+)/.exec(description.sdp)?.[1] ?? "");
    if (description.type === "offer") this.transceivers = this.offered.map((kind) => new FakeTransceiver(kind));
    this.#become(description.type === "offer" ? "have-remote-offer" : "stable");
    return Promise.resolve();
  }

  getStats(): Promise<Map<string, unknown>> {
    return Promise.resolve(new Map<string, unknown>());
  }

  close(): void {
    this.log.push("closed");
  }

  state(state: string): void {
    this.connectionState = state;
    this.dispatchEvent(new Event("connectionstatechange"));
  }

  #become(state: string): void {
    this.signalingState = state;
    this.onsignalingstatechange?.();
    this.dispatchEvent(new Event("signalingstatechange"));
  }
}

/** Stands for RTCSessionDescription and RTCIceCandidate: called with `new`, it gives back what it was given. */
function Plain(fields: object): object {
  return { ...fields };
}

const CODECS = ["audio/opus", "audio/red", "audio/PCMU", "video/VP8", "video/VP9", "video/rtx", "video/ulpfec"];
const webrtc = {
  RTCPeerConnection: FakeConnection,
  RTCSessionDescription: Plain,
  RTCIceCandidate: Plain,
  RTCRtpReceiver: {
    getCapabilities: (kind: string) => ({
      codecs: CODECS.filter((mimeType) => mimeType.startsWith(kind)).map((mimeType) => ({ mimeType })),
    }),
  },
} as unknown as WebRtc;

const certificate = {} as RTCCertificate;

describe("the adapter of simple-peer", () => {
  interface Opened {
    readonly peer: Peer;
    readonly connection: FakeConnection;
    readonly events: readonly PeerEvent[];
  }

  function open(initiator: boolean): Opened {
    const events: PeerEvent[] = [];
    const peer = createPeerFactory({ webrtc, certificate })({
      initiator,
      listener: (event) => {
        events.push(event);
        FakeConnection.made.at(-1)?.log.push(event.type);
      },
    });
    const connection = FakeConnection.made.at(-1);
    if (connection === undefined) throw new Error("no connection was made");
    return { peer, connection, events };
  }

  test("asks no server of anybody's and uses the page's certificate", () => {
    const { connection } = open(true);
    expect(connection.configuration).toMatchObject({ iceServers: [], certificates: [certificate] });
  });

  test("the initiator has its transceivers, in order and with our codecs only, before it offers", async () => {
    const { connection, events } = open(true);
    expect(connection.transceivers.map(({ receiver }) => receiver.track.kind)).toEqual(KINDS);
    const video = ["video/VP8", "video/rtx"];
    const sound = ["audio/opus", "audio/red"];
    expect(connection.transceivers.map(({ codecs }) => codecs)).toEqual([sound, video, video, video, video]);
    await vi.waitFor(() => expect(events.map(({ type }) => type)).toEqual(["slots", "signal"]));
    expect(connection.offers).toEqual([{}]);
  });

  test("the other side takes the transceivers of the offer, both ways, before it answers", async () => {
    const { peer, connection } = open(false);
    peer.apply({ type: "offer", sdp: "v=0" });
    await vi.waitFor(() => expect(connection.log).toEqual(["slots", "answer", "signal"]));
    expect(connection.transceivers.map(({ direction }) => direction)).toEqual(KINDS.map(() => "sendrecv"));
    expect(connection.transceivers[1]?.codecs).toEqual(["video/VP8", "video/rtx"]);
  });

  test.each([
    ["too few", KINDS.slice(0, -1)],
    ["too many", [...KINDS, "video"]],
    ["another order", KINDS.toReversed()],
  ])("an offer with %s of them is the end of it", async (_name, offered) => {
    const { peer, connection, events } = open(false);
    connection.offered = offered;
    peer.apply({ type: "offer", sdp: "v=0" });
    await vi.waitFor(() => expect(connection.log.at(-1)).toBe("closed"));
    expect(events.map(({ type }) => type)).not.toContain("slots");
  });

  test("a second offer brings no second set of transceivers", async () => {
    const { peer, connection } = open(false);
    peer.apply({ type: "offer", sdp: "v=0" });
    await vi.waitFor(() => expect(connection.log).toContain("answer"));
    peer.apply({ type: "offer", sdp: "v=0" });
    await vi.waitFor(() => expect(connection.log.filter((entry) => entry === "answer")).toHaveLength(2));
    expect(connection.log.filter((entry) => entry === "slots")).toHaveLength(1);
  });

  test("an ICE restart is a new offer that says so", async () => {
    const { peer, connection } = open(true);
    await vi.waitFor(() => expect(connection.offers).toHaveLength(1));
    peer.apply({ type: "answer", sdp: "v=0" });
    await vi.waitFor(() => expect(connection.signalingState).toBe("stable"));
    peer.restartIce();
    await vi.waitFor(() => expect(connection.offers).toEqual([{}, { iceRestart: true }]));
  });

  test("sound is sent twice and once again by a rehearsal of which the other side hears nothing", async () => {
    const sdp = "m=audio 9 RTP 111 63\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:63 red/48000/2\r\n";
    const { peer, connection, events } = open(true);
    await vi.waitFor(() => expect(connection.offers).toHaveLength(1));
    peer.apply({ type: "answer", sdp });
    await vi.waitFor(() => expect(connection.signalingState).toBe("stable"));
    const told = events.length;
    peer.sendSoundTwice(true);
    expect([peer.signalingState(), connection.signalingState]).toEqual(["stable", "have-local-offer"]);
    await vi.waitFor(() => expect(connection.orders).toEqual(["111", "63"]));
    peer.sendSoundTwice(false);
    await vi.waitFor(() => expect(connection.orders).toEqual(["111", "63", "111"]));
    expect(events).toHaveLength(told);
    expect(connection.offers).toHaveLength(1);
  });

  test("what comes during a rehearsal waits for its end, and a new offer keeps the order", async () => {
    const sdp = "m=audio 9 RTP 111 63\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:63 red/48000/2\r\n";
    const { peer, connection } = open(false);
    peer.apply({ type: "offer", sdp });
    await vi.waitFor(() => expect(connection.log).toContain("signal"));
    peer.sendSoundTwice(true);
    peer.apply({ type: "offer", sdp });
    expect(connection.orders).toEqual(["111", "63"]);
    await vi.waitFor(() => expect(connection.log.filter((entry) => entry === "signal")).toHaveLength(2));
    expect(connection.orders).toEqual(["111", "63", "63"]);
    expect(connection.signalingState).toBe("stable");
  });

  test("states of the connection come through until it is closed", async () => {
    const { peer, connection, events } = open(true);
    connection.state("connected");
    peer.close();
    await vi.waitFor(() => expect(events.at(-1)).toEqual({ type: "closed" }));
    const before = events.length;
    connection.state("failed");
    peer.restartIce();
    peer.apply({ type: "answer", sdp: "v=0" });
    expect(events).toHaveLength(before);
    expect(events).toContainEqual({ type: "connection", state: "connected" });
  });
});
