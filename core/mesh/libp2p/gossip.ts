import { type GossipSub, TopicValidatorResult } from "@libp2p/gossipsub";
import type { Connection } from "@libp2p/interface";
import { VigilError } from "../../base/errors.ts";
import type { Scope } from "../../base/scope.ts";
import { MAX_GOSSIP_BYTES } from "../limits.ts";
import type { Door } from "./door.ts";
import { GOSSIP_TOPIC } from "./protocol.ts";

export interface GossipInit {
  readonly gossip: GossipSub;
  readonly door: Door;
  readonly scope: Scope;
  readonly onGossip: (peer: string, bytes: Uint8Array) => void;
}

/** Gossip among members: signed by its author, taken from and passed on to members only. */
export class Gossip {
  readonly #init: GossipInit;

  constructor(init: GossipInit) {
    this.#init = init;
    const { gossip, door, scope } = init;
    gossip.topicValidators.set(GOSSIP_TOPIC, (from, message) => {
      const welcome =
        message.type === "signed" &&
        message.data.length <= MAX_GOSSIP_BYTES &&
        door.isMember(from.toString()) &&
        door.isMember(message.from.toString());
      return welcome ? TopicValidatorResult.Accept : TopicValidatorResult.Ignore;
    });
    const onMessage = (event: CustomEvent<{ type: string; topic: string; data: Uint8Array }>): void => {
      const message = event.detail;
      if (message.topic !== GOSSIP_TOPIC || !isSigned(message)) return;
      init.onGossip(message.from.toString(), message.data);
    };
    gossip.addEventListener("message", onMessage);
    scope.add(() => gossip.removeEventListener("message", onMessage));
    gossip.subscribe(GOSSIP_TOPIC);
  }

  publish(bytes: Uint8Array): void {
    if (bytes.length > MAX_GOSSIP_BYTES) {
      throw new VigilError("message-size", "defect", { message: `gossip of ${bytes.length} bytes` });
    }
    // Nobody relies on gossip: what cannot be published now is not said.
    this.#init.gossip.publish(GOSSIP_TOPIC, bytes).catch(() => undefined);
  }

  /** Stops talking at once to peers that are no longer members. */
  drop(connections: readonly Connection[]): void {
    for (const connection of connections) {
      if (this.#init.door.isMember(connection.remotePeer.toString())) continue;
      for (const stream of connection.streams) {
        if (stream.protocol.startsWith("/meshsub/")) stream.abort(new Error("no longer a member"));
      }
    }
  }
}

function isSigned(message: object): message is { readonly from: { toString(): string } } {
  return "from" in message;
}
