import { createMemoryNetwork } from "../../core/mesh/memory/network.ts";
import { VirtualClock } from "../../core/mesh/memory/virtual-clock.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { meshConformance } from "./mesh.ts";
import type { MeshHarness, RawLink } from "./mesh-scene.ts";

const LIMIT_MS = 60_000;

function memoryHarness(seed: number, rough: boolean): MeshHarness {
  const clock = new VirtualClock();
  const network = createMemoryNetwork({ clock, random: seededRandom(seed) });
  if (rough) network.setAllWays({ delayMs: 40, jitterMs: 120, loss: 0.2 });
  const until = async (condition: () => boolean, what: string): Promise<void> => {
    // A beat keeps time going for conditions that do something each time they are asked.
    const beat = (): void => void clock.after(50, beat);
    beat();
    if (!(await clock.until(condition, LIMIT_MS))) throw new Error(`never came: ${what}`);
  };
  return {
    createMesh: (rendezvousTag) => Promise.resolve(network.createMesh({ rendezvousTag })),
    until,
    silentAddress: (peer) => Promise.resolve(network.silentAddress(peer)),
    deadAddress: (peer) => Promise.resolve(network.deadAddress(peer)),
    async connectRaw(mesh) {
      const opened: RawLink[] = [];
      network.connectRaw(mesh, (peer) => opened.push(peer));
      await until(() => opened.length > 0, "the raw peer");
      const [raw] = opened;
      if (raw === undefined) throw new Error("no raw peer");
      return raw;
    },
    stop: () => Promise.resolve(),
  };
}

meshConformance("in memory", () => memoryHarness(1, false));
meshConformance("in memory, in rough weather", () => memoryHarness(2, true));
