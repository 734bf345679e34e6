import type { Address, PeerId } from "../../ports/mesh.ts";
import { DIAL_LIMIT_MS } from "../limits.ts";
import type { MemoryNode, Surroundings } from "./surroundings.ts";

export interface MemoryDialInit {
  readonly network: Surroundings;
  readonly from: PeerId;
  readonly peer: PeerId;
  readonly addresses: readonly Address[];
  readonly onReached: (mesh: MemoryNode, address: Address) => void;
  readonly onFailed: () => void;
}

/** Tries all addresses at once, one travel time each; the first that answers wins. */
export function raceInMemory(init: MemoryDialInit): void {
  const { network, from, peer, addresses } = init;
  let over = false;
  let waitFor = addresses.length;
  const end = (outcome: () => void): void => {
    if (over) return;
    over = true;
    cancelLimit();
    outcome();
  };
  const cancelLimit = network.clock.after(waitFor === 0 ? 0 : DIAL_LIMIT_MS, () => end(init.onFailed));
  for (const address of addresses) {
    network.clock.after(network.weather.travelTime(from, peer), () => {
      const reach = network.reach(from, address);
      if (reach === "silent") return;
      if (reach !== "refused") end(() => init.onReached(reach, address));
      else if (--waitFor === 0) end(init.onFailed);
    });
  }
}
