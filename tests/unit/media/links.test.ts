import { beforeEach, describe, expect, test } from "vitest";
import type { MediaReport } from "../../../core/contract/media-messages.ts";
import type { Fingerprint, MemberId } from "../../../core/contract/parts.ts";
import { CONNECT_LIMIT_MS } from "../../../core/media/link.ts";
import { MAX_EARLY_MEMBERS, MAX_EARLY_SIGNALS, MediaLinks } from "../../../core/media/links.ts";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import { candidate, description, FakePeers, FAKE_SLOTS, FINGERPRINT } from "./fake-peer.ts";

const ANN = "A".repeat(43) as MemberId;

describe("media links", () => {
  let clock: VirtualClock;
  let peers: FakePeers;
  let reports: MediaReport[];
  let events: string[];
  let links: MediaLinks;

  beforeEach(() => {
    clock = new VirtualClock();
    peers = new FakePeers();
    reports = [];
    events = [];
    links = create(peers.create);
  });

  function create(createPeer: FakePeers["create"]): MediaLinks {
    return new MediaLinks({
      clock,
      createPeer,
      report: (report) => reports.push(report),
      onSlots: ({ member, generation }) => events.push(`slots ${member[0]} ${generation}`),
      onClosed: (member) => events.push(`closed ${member[0]}`),
      onWord: (member, word) =>
        events.push(`${word.type} ${member[0]} ${word.type === "wish" ? word.camera : ""}`.trimEnd()),
    });
  }

  function open(generation: number, member = ANN): void {
    const fingerprint = FINGERPRINT as Fingerprint;
    links.apply({ type: "open-link", member, generation, initiator: false, fingerprint });
  }

  function signal(generation: number, data = description("offer"), member = ANN): void {
    links.apply({ type: "signal", member, generation, data });
  }

  test("a link is opened, its signals and states are reported with its generation", () => {
    open(3);
    peers.last.emit({ type: "slots", slots: FAKE_SLOTS });
    peers.last.emit({ type: "signal", signal: JSON.parse(candidate()) });
    clock.advance(2 * CONNECT_LIMIT_MS);
    expect(events).toEqual(["slots A 3"]);
    expect(reports).toEqual([
      { type: "signal", member: ANN, generation: 3, data: candidate() },
      { type: "link-state", member: ANN, generation: 3, state: "lost", path: "none" },
    ]);
  });

  test("links lost again and again get more time each, until one is connected", () => {
    const lost = (): number =>
      reports.filter((report) => report.type === "link-state" && report.state === "lost").length;
    const lives = (generation: number): number => {
      const [before, began] = [lost(), clock.elapsed()];
      open(generation);
      while (lost() === before) clock.advance(500);
      return clock.elapsed() - began;
    };
    expect([1, 2, 3].map(lives)).toEqual([2, 4, 4].map((times) => times * CONNECT_LIMIT_MS));
    open(6);
    peers.last.emit({ type: "connection", state: "connected" });
    return clock.run(0).then(() => expect(lives(7)).toBe(CONNECT_LIMIT_MS));
  });

  test("a higher generation replaces the link without closing the member", () => {
    open(1);
    const first = peers.last;
    open(2);
    expect(first.closed).toBe(true);
    expect(peers.made).toHaveLength(2);
    expect(events).toEqual([]);
  });

  test.each([2, 1])("open-link of generation %i changes nothing when 2 is there", (generation) => {
    open(2);
    open(generation);
    expect(peers.made).toHaveLength(1);
    expect(peers.last.closed).toBe(false);
  });

  test("signals of an older generation are dropped", () => {
    open(2);
    signal(1);
    expect(peers.last.applied).toEqual([]);
    signal(2);
    expect(peers.last.applied).toHaveLength(1);
  });

  test("signals that come before their link wait for it, in order", () => {
    signal(1);
    signal(1, candidate());
    open(1);
    expect(peers.last.applied).toMatchObject([{ type: "offer" }, { type: "candidate" }]);
  });

  test("signals of the next generation wait while the present one lives", () => {
    open(1);
    signal(2);
    expect(peers.last.applied).toEqual([]);
    open(2);
    expect(peers.last.applied).toHaveLength(1);
  });

  test("only the newest generation's signals wait", () => {
    signal(1, candidate());
    signal(5);
    signal(4, candidate());
    open(4);
    expect(peers.last.applied).toEqual([]);
    open(5);
    expect(peers.last.applied).toHaveLength(1);
  });

  test("no more signals and no more members wait than are bounded", () => {
    for (let count = 0; count < MAX_EARLY_SIGNALS + 20; count++) signal(1, candidate());
    open(1);
    expect(peers.last.applied).toHaveLength(MAX_EARLY_SIGNALS);
    const member = (index: number): MemberId => String(index).padStart(43, "x") as MemberId;
    for (let index = 0; index <= MAX_EARLY_MEMBERS; index++) signal(1, candidate(), member(index));
    open(1, member(MAX_EARLY_MEMBERS - 1));
    expect(peers.last.applied).toHaveLength(1);
    open(1, member(MAX_EARLY_MEMBERS));
    expect(peers.last.applied).toHaveLength(0);
  });

  test("close-link closes the link and forgets what waited", () => {
    open(1);
    signal(2);
    links.apply({ type: "close-link", member: ANN });
    expect(peers.last.closed).toBe(true);
    expect(events).toEqual(["closed A"]);
    expect(links.members()).toEqual([]);
    open(2);
    expect(peers.last.applied).toEqual([]);
  });

  test("closeAll closes every member's link", () => {
    open(1);
    open(1, "B".repeat(43) as MemberId);
    links.closeAll();
    expect(peers.made.map(({ closed }) => closed)).toEqual([true, true]);
    expect(events).toEqual(["closed A", "closed B"]);
  });

  test("a platform that cannot make a connection loses the link, and only that", () => {
    links = create(() => {
      throw new Error("too many connections");
    });
    open(1);
    expect(reports).toEqual([{ type: "link-state", member: ANN, generation: 1, state: "lost", path: "none" }]);
    expect(links.members()).toEqual([]);
  });
});
