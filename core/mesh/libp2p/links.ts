import type { Connection, Stream } from "@libp2p/interface";
import type { Clock } from "../../ports/clock.ts";
import type { LinkId, MeshPath, PeerId } from "../../ports/mesh.ts";
import type { EventQueue } from "../event-queue.ts";
import { MAX_LINKS_PER_PEER } from "../limits.ts";
import { relayOf } from "./addresses.ts";
import { StreamLink } from "./link.ts";

/** The open links of one node. */
export class Links {
  readonly #events: EventQueue;
  readonly #clock: Clock;
  readonly #links = new Map<LinkId, StreamLink>();
  #count = 0;

  constructor(events: EventQueue, clock: Clock) {
    this.#events = events;
    this.#clock = clock;
  }

  get(id: LinkId): StreamLink | undefined {
    return this.#links.get(id);
  }

  has(connection: Connection): boolean {
    for (const link of this.#links.values()) if (link.connection === connection) return true;
    return false;
  }

  /** Makes a link of a stream, or refuses an inbound one whose peer has enough. */
  open(stream: Stream, connection: Connection, direction: "outbound" | "inbound"): void {
    if (direction === "inbound" && this.#heldBy(connection) >= MAX_LINKS_PER_PEER) {
      stream.abort(new Error("too many links"));
      return;
    }
    const id = `link-${++this.#count}` as LinkId;
    const link = new StreamLink({
      id,
      stream,
      connection,
      clock: this.#clock,
      onMessage: (bytes) => this.#events.push({ type: "message", link: id, bytes }),
      onClosed: () => this.#forget(id),
    });
    this.#links.set(id, link);
    const peer = connection.remotePeer.toString() as PeerId;
    const remoteAddress = connection.remoteAddr.toString();
    this.#events.push({ type: "link-opened", link: id, peer, direction, path: pathOf(connection), remoteAddress });
    link.start();
  }

  closeAll(): void {
    for (const link of [...this.#links.values()]) link.abort("mesh stopped");
  }

  #heldBy(connection: Connection): number {
    let held = 0;
    for (const link of this.#links.values()) if (link.connection.remotePeer.equals(connection.remotePeer)) held++;
    return held;
  }

  #forget(id: LinkId): void {
    if (this.#links.delete(id)) this.#events.push({ type: "link-closed", link: id });
  }
}

function pathOf(connection: Connection): MeshPath {
  return relayOf(connection.remoteAddr) !== null && !isWebRtc(connection) ? "relayed" : "direct";
}

function isWebRtc(connection: Connection): boolean {
  return connection.remoteAddr.getComponents().some((component) => component.name === "webrtc");
}
