import { createMemoryNetwork } from "../../core/mesh/memory/network.ts";
import { VirtualClock } from "../../core/mesh/memory/virtual-clock.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { type MeshHarness, type RawLink, meshConformance } from "./mesh.ts";

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
      let raw: RawLink | null = null;
      network.connectRaw(mesh, (peer) => {
        raw = peer;
      });
      await until(() => raw !== null, "the raw peer");
      if (raw === null) throw new Error("no raw peer");
      return raw;
    },
    stop: () => Promise.resolve(),
  };
}

meshConformance("in memory", () => Promise.resolve(memoryHarness(1, false)));
meshConformance("in memory, in rough weather", () => Promise.resolve(memoryHarness(2, true)));
