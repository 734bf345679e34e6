import { beforeEach, describe, expect, test } from "vitest";
import type { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import {
  CONNECT_LIMIT_MS,
  CONNECT_TOTAL_LIMIT_MS,
  MAX_SIGNALS,
  PATH_RETRY_MS,
  PATH_TRIES,
  type MediaLink,
} from "../../../core/media/link.ts";
import { candidate, description, type FakePeers, FAKE_SLOTS, sdp } from "./fake-peer.ts";
import { LinkStage } from "./link-stage.ts";

describe("media link", () => {
  let stage: LinkStage;
  let clock: VirtualClock;
  let peers: FakePeers;
  let states: string[];
  let signals: string[];

  beforeEach(() => {
    stage = new LinkStage();
    ({ clock, peers, states, signals } = stage);
  });

  const open = (initiator: boolean, patience?: number): MediaLink => stage.open(initiator, patience);
  const connected = (initiator: boolean): Promise<MediaLink> => stage.connected(initiator);

  describe("becoming connected", () => {
    test("tells the path once the connection is up", async () => {
      await connected(true);
      expect(states).toEqual(["connected direct"]);
    });

    test("says relayed when either side goes through a relay", async () => {
      open(true);
      peers.last.candidateType = "relay";
      peers.last.emit({ type: "connection", state: "connected" });
      await clock.run(0);
      expect(states).toEqual(["connected relayed"]);
    });

    test.each([1, PATH_TRIES - 1, PATH_TRIES + 5])("waits for statistics that name no path %i times", async (times) => {
      open(true);
      peers.last.candidateType = "relay";
      peers.last.unknownPaths = times;
      peers.last.emit({ type: "connection", state: "connected" });
      await clock.run(0);
      expect(states).toEqual([]);
      await clock.run(PATH_TRIES * PATH_RETRY_MS);
      expect(states).toEqual([times < PATH_TRIES ? "connected relayed" : "connected direct"]);
    });

    test("passes the transceivers on before anything is offered", () => {
      open(true);
      peers.last.emit({ type: "slots", slots: FAKE_SLOTS });
      expect(states).toEqual(["slots"]);
    });

    test("without a word from the other side it is lost after the limit", () => {
      open(true);
      clock.advance(CONNECT_LIMIT_MS - 1);
      expect(states).toEqual([]);
      clock.advance(1);
      expect(states).toEqual(["lost none"]);
      expect(peers.last.closed).toBe(true);
    });

    test("each signal gives more time, but not without end", () => {
      const link = open(true);
      for (let passed = 0; passed < CONNECT_TOTAL_LIMIT_MS; passed += 1000) {
        expect(states).toEqual([]);
        link.receive(candidate());
        clock.advance(1000);
      }
      expect(states).toEqual(["lost none"]);
    });

    test("garbage gives no more time", () => {
      const link = open(true);
      clock.advance(CONNECT_LIMIT_MS - 1);
      link.receive("garbage");
      clock.advance(1);
      expect(states).toEqual(["lost none"]);
    });
  });

  describe("signals from the other side", () => {
    test("an offer reaches only the side that answers, an answer only the side that offered", () => {
      open(true).receive(description("offer"));
      expect(peers.last.applied).toEqual([]);
      const answering = open(false);
      answering.receive(description("answer"));
      expect(peers.last.applied).toEqual([]);
      answering.receive(description("offer"));
      expect(peers.last.applied).toHaveLength(1);
    });

    test("an answer nobody asked for is dropped", async () => {
      const link = await connected(true);
      link.receive(description("answer"));
      expect(peers.last.applied).toEqual([]);
      expect(states.at(-1)).toBe("connected direct");
    });

    test("another certificate loses the link before the description is applied", () => {
      open(true).receive(description("answer", "ff".repeat(32)));
      expect(peers.last.applied).toEqual([]);
      expect(states).toEqual(["lost none"]);
    });

    test("candidates are applied", () => {
      open(true).receive(candidate());
      expect(peers.last.applied).toHaveLength(1);
    });

    test("no more than a set number is ever taken", () => {
      const link = open(true);
      for (let count = 0; count < MAX_SIGNALS + 50; count++) link.receive(candidate());
      expect(peers.last.applied).toHaveLength(MAX_SIGNALS);
    });

    test("a wish is passed on, also after many others", () => {
      const link = open(true);
      for (let count = 0; count < MAX_SIGNALS + 50; count++) link.receive(candidate());
      link.receive(JSON.stringify({ type: "wish", camera: "small", screen: "none" }));
      link.receive(JSON.stringify({ type: "wish", camera: "huge", screen: "none" }));
      expect(states).toEqual(["wish small none"]);
      expect(peers.last.applied).toHaveLength(MAX_SIGNALS);
    });
  });

  describe("signals to the other side", () => {
    test("a wish goes out while the link lives, and reads as one on the other side", () => {
      const [link, other] = [open(true), open(false)];
      link.say({ type: "wish", camera: "none", screen: "full" });
      expect(signals).toHaveLength(1);
      other.receive(signals[0] ?? "");
      expect(states).toEqual(["wish none full"]);
      link.close();
      link.say({ type: "wish", camera: "small", screen: "full" });
      expect(signals).toHaveLength(1);
    });

    test("a description is hardened on its way out", () => {
      open(true);
      const own = `${sdp()}a=rtpmap:111 opus/48000/2\r\na=fmtp:111 usedtx=1\r\n`;
      peers.last.emit({ type: "signal", signal: { type: "offer", sdp: own } });
      expect(signals[0]).toContain("cbr=1");
      expect(signals[0]).not.toContain("usedtx=1");
    });

    test("simple-peer's own requests go nowhere", () => {
      open(false);
      peers.last.emit({ type: "signal", signal: { type: "renegotiate", renegotiate: true } });
      peers.last.emit({
        type: "signal",
        signal: { type: "transceiverRequest", transceiverRequest: { kind: "video" } },
      });
      expect(signals).toEqual([]);
    });
  });

  test("sound is sent twice or once as is wished, while the link lives", async () => {
    const link = await connected(true);
    link.sendSoundTwice(true);
    link.sendSoundTwice(false);
    link.close();
    link.sendSoundTwice(true);
    expect(peers.last.twice).toEqual([true, false]);
  });

  test("a link that is closed says nothing more and lets go of its timers", async () => {
    const link = await connected(true);
    peers.last.emit({ type: "connection", state: "disconnected" });
    link.close();
    peers.last.emit({ type: "closed" });
    await clock.run(60_000);
    expect(states).toEqual(["connected direct"]);
    expect(clock.waiting).toBe(0);
  });
});
