import type { Clock } from "../../ports/clock.ts";
import type { Address, PeerId } from "../../ports/mesh.ts";
import type { Pipe } from "../../ports/pipes.ts";
import type { Weather } from "./weather.ts";
import type { Wire, WireEnd, WireHolder } from "./wire.ts";

/** A message on its way from member to member. */
export interface Rumour {
  readonly author: PeerId;
  readonly bytes: Uint8Array;
}

/** A mesh as the network and its neighbours see it. */
export interface MemoryNode extends WireHolder {
  readonly address: Address;
  /** False once it was stopped or killed: nobody listens there any more. */
  readonly running: boolean;
  /** Takes the near end of a wire that somebody else laid. */
  accept(end: WireEnd, remoteAddress: Address): void;
  hear(from: PeerId, rumour: Rumour): void;
  readonly pipes: NodePipes;
}

/** One end of a pipe as the one who lays it sees it. */
export interface FarEnd extends WireHolder {
  begin(wire: WireEnd): void;
  pipe(): Pipe;
}

/** The pipes of a node as another sees them. */
export interface NodePipes {
  newEnd(peer: PeerId, onClosed: () => void): FarEnd;
  /** Offers the far end of a pipe; false when it is refused. */
  opened(peer: PeerId, end: FarEnd): boolean;
}

/** What an address leads to. */
export type Reach = MemoryNode | "refused" | "silent";

/** The network as a mesh sees it. */
export interface Surroundings {
  readonly clock: Clock;
  readonly weather: Weather;
  /** Where an address leads now. */
  reach(from: PeerId, address: Address): Reach;
  /** A mesh announces itself under other tags than before. */
  announced(mesh: MemoryNode): void;
  /** Lays a wire between two holders. */
  join(left: WireHolder, right: WireHolder): Wire;
}
