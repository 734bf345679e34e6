import { beforeEach, describe, expect, test } from "vitest";
import { RECOVERY_LIMIT_MS, RESTART_AFTER_MS } from "../../../core/media/link.ts";
import { description } from "./fake-peer.ts";
import { LinkStage } from "./link-stage.ts";

describe("a media link that recovers", () => {
  let stage: LinkStage;

  beforeEach(() => {
    stage = new LinkStage();
  });

  test("a gap shorter than a second is left alone", async () => {
    await stage.connected(true);
    stage.peers.last.emit({ type: "connection", state: "disconnected" });
    stage.clock.advance(RESTART_AFTER_MS - 1);
    stage.peers.last.emit({ type: "connection", state: "connected" });
    await stage.clock.run(RECOVERY_LIMIT_MS * 2);
    expect(stage.peers.last.restarts).toBe(0);
    expect(stage.states.at(-1)).toBe("connected direct");
  });

  test("the initiator restarts ICE after a second", async () => {
    await stage.connected(true);
    stage.fail();
    expect(stage.peers.last.restarts).toBe(1);
    expect(stage.states.at(-1)).toBe("connecting direct");
  });

  test("the other side asks for a restart", async () => {
    await stage.connected(false);
    stage.fail();
    expect(stage.peers.last.restarts).toBe(0);
    expect(stage.signals.map((data) => JSON.parse(data) as unknown)).toEqual([{ type: "restart-request" }]);
  });

  test("the initiator restarts when asked, once at a time", async () => {
    const link = await stage.connected(true);
    link.receive(JSON.stringify({ type: "restart-request" }));
    stage.clock.advance(RECOVERY_LIMIT_MS - 1);
    link.receive(JSON.stringify({ type: "restart-request" }));
    expect(stage.peers.last.restarts).toBe(1);
    stage.clock.advance(1);
    link.receive(JSON.stringify({ type: "restart-request" }));
    expect(stage.peers.last.restarts).toBe(2);
  });

  test("the initiator that noticed nothing stays connected when asked to restart", async () => {
    (await stage.connected(true)).receive(JSON.stringify({ type: "restart-request" }));
    await stage.clock.run(RECOVERY_LIMIT_MS * 2);
    expect(stage.states).toEqual(["connected direct"]);
  });

  test("the initiator that noticed the gap does not wait out its second when asked to restart", async () => {
    const link = await stage.connected(true);
    stage.peers.last.emit({ type: "connection", state: "disconnected" });
    link.receive(JSON.stringify({ type: "restart-request" }));
    expect(stage.peers.last.restarts).toBe(1);
    expect(stage.states.at(-1)).toBe("connecting direct");
    await stage.clock.run(RECOVERY_LIMIT_MS);
    expect(stage.states.at(-1)).toBe("lost none");
  });

  test("a request before the first connection, or to the side that does not offer, is ignored", async () => {
    stage.open(true).receive(JSON.stringify({ type: "restart-request" }));
    expect(stage.peers.last.restarts).toBe(0);
    (await stage.connected(false)).receive(JSON.stringify({ type: "restart-request" }));
    expect(stage.peers.last.restarts).toBe(0);
    expect(stage.states.at(-1)).toBe("connected direct");
  });

  test("back in time: connected again, and the next failure is mended too", async () => {
    await stage.connected(true);
    stage.fail();
    stage.clock.advance(RECOVERY_LIMIT_MS - 1);
    stage.peers.last.emit({ type: "connection", state: "connected" });
    await stage.clock.run(RECOVERY_LIMIT_MS);
    expect(stage.states.at(-1)).toBe("connected direct");
    stage.fail();
    expect(stage.peers.last.restarts).toBe(2);
  });

  test("not back in time: lost for good", async () => {
    const link = await stage.connected(true);
    stage.fail();
    stage.clock.advance(RECOVERY_LIMIT_MS);
    expect(stage.states.at(-1)).toBe("lost none");
    expect(stage.peers.last.closed).toBe(true);
    stage.peers.last.emit({ type: "connection", state: "connected" });
    link.receive(description("answer"));
    await stage.clock.run(60_000);
    expect(stage.states.at(-1)).toBe("lost none");
    expect(stage.peers.last.applied).toEqual([]);
  });

  test.each(["failed", "closed"] as const)("a connection that says %s is lost at once", async (state) => {
    await stage.connected(true);
    stage.peers.last.emit({ type: "connection", state });
    expect(stage.states.at(-1)).toBe("lost none");
  });

  test("a platform that closes the connection loses the link", async () => {
    await stage.connected(true);
    stage.peers.last.emit({ type: "closed" });
    expect(stage.states.at(-1)).toBe("lost none");
  });
});
