import { describe } from "vitest";
import { dialsConform } from "./mesh-dials.ts";
import { gossipConforms } from "./mesh-gossip.ts";
import { linksConform } from "./mesh-links.ts";
import { pipesConform } from "./mesh-pipes.ts";
import { rawPeersConform } from "./mesh-raw.ts";
import { type MeshHarness, meshScene } from "./mesh-scene.ts";

/** The behaviour that `core/ports/mesh.ts` promises, tried on one implementation. */
export function meshConformance(name: string, createHarness: () => MeshHarness): void {
  describe(`a mesh ${name}`, () => {
    const scene = meshScene(createHarness);
    dialsConform(scene);
    linksConform(scene);
    rawPeersConform(scene);
    gossipConforms(scene);
    pipesConform(scene);
  });
}
