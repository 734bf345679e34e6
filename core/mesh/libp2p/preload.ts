import type { Random } from "../../ports/random.ts";
import { Door } from "./door.ts";
import { startNode } from "./node.ts";

/**
 * Does ahead of time what the first `createLibp2pMesh` would otherwise spend on loading and warming up.
 * Starts and stops a node that listens nowhere: no socket is opened and nothing of it is kept.
 */
export async function preloadMesh(random: Random): Promise<void> {
  const door = new Door(new Set(), () => []);
  const node = await startNode({ random, door, serviceTag: null, listen: [] });
  await node.stop();
}
