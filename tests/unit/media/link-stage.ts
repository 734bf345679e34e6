import type { Fingerprint } from "../../../core/contract/parts.ts";
import { VirtualClock } from "../../../core/mesh/memory/virtual-clock.ts";
import { MediaLink, RESTART_AFTER_MS } from "../../../core/media/link.ts";
import { FakePeers, FINGERPRINT } from "./fake-peer.ts";

/** A link over a connection that does what it is told, and everything that the link said. */
export class LinkStage {
  readonly clock = new VirtualClock();
  readonly peers = new FakePeers();
  readonly states: string[] = [];
  readonly signals: string[] = [];

  open(initiator: boolean, patience = 1): MediaLink {
    const { clock, peers, states, signals } = this;
    const link = new MediaLink({
      initiator,
      patience,
      fingerprint: FINGERPRINT as Fingerprint,
      clock,
      createPeer: peers.create,
      onSignal: (data) => signals.push(data),
      onSlots: () => states.push("slots"),
      onState: (state, path) => states.push(`${state} ${path}`),
      onWord: (word) => states.push(word.type === "wish" ? `wish ${word.camera} ${word.screen}` : word.type),
    });
    if (initiator) peers.last.signaling = "have-local-offer";
    return link;
  }

  async connected(initiator: boolean): Promise<MediaLink> {
    const link = this.open(initiator);
    this.peers.last.emit({ type: "connection", state: "connected" });
    await this.clock.run(0);
    this.peers.last.signaling = "stable";
    return link;
  }

  /** The path is away for long enough to be restarted. */
  fail(): void {
    this.peers.last.emit({ type: "connection", state: "disconnected" });
    this.clock.advance(RESTART_AFTER_MS);
  }
}
