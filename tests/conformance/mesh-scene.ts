import { createHash } from "node:crypto";
import { afterEach, beforeEach } from "vitest";
import type { Address, LinkId, Mesh, PeerId } from "../../core/ports/mesh.ts";
import { Watch } from "./mesh-watch.ts";

/** A peer that speaks the link protocol's transport and writes what bytes it likes. */
export interface RawLink {
  readonly peer: PeerId;
  readonly isClosed: boolean;
  write(bytes: Uint8Array): void;
  stopReading(): void;
}

/** What an implementation brings to be tried. */
export interface MeshHarness {
  createMesh(rendezvousTag: string): Promise<Mesh>;
  /** Waits, in the implementation's own time, and fails the test when the condition never holds. */
  until(condition: () => boolean, what: string): Promise<void>;
  /** An address of this peer that takes a connection and never answers. */
  silentAddress(peer: PeerId): Promise<Address>;
  /** An address of this peer where nobody listens. */
  deadAddress(peer: PeerId): Promise<Address>;
  connectRaw(mesh: Mesh): Promise<RawLink>;
  stop(): Promise<void>;
}

/** Two meshes of one meeting, fresh for each test. */
export interface MeshScene {
  readonly harness: MeshHarness;
  readonly alice: Watch;
  readonly bob: Watch;
  /** One more mesh of the same meeting. */
  watch(): Promise<Watch>;
  /** Opens one more link and names it from both sides. */
  connect(from: Watch, to: Watch): Promise<{ readonly near: LinkId; readonly far: LinkId }>;
}

const TAG = "conformance-suite-tag";

/** Sets the scene before each test of the surrounding suite, and clears it away afterwards. */
export function meshScene(createHarness: () => MeshHarness): MeshScene {
  let harness: MeshHarness;
  let alice: Watch;
  let bob: Watch;
  const watch = async (): Promise<Watch> => new Watch(await harness.createMesh(TAG));
  beforeEach(async () => {
    harness = createHarness();
    alice = await watch();
    bob = await watch();
  });
  afterEach(() => harness.stop());
  return {
    get harness() {
      return harness;
    },
    get alice() {
      return alice;
    },
    get bob() {
      return bob;
    },
    watch,
    async connect(from, to) {
      const known = from.linksWith(to.mesh.self).length;
      const knownFar = to.linksWith(from.mesh.self).length;
      from.mesh.dial(to.mesh.self, to.mesh.addresses());
      await harness.until(
        () => from.linksWith(to.mesh.self).length > known && to.linksWith(from.mesh.self).length > knownFar,
        "a link on both sides",
      );
      const near = from.linksWith(to.mesh.self).at(-1)?.link;
      const far = to.linksWith(from.mesh.self).at(-1)?.link;
      if (near === undefined || far === undefined) throw new Error("no link");
      return { near, far };
    },
  };
}

/** Bytes that differ for each seed and length. */
export function message(seed: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) bytes[index] = (seed * 31 + index * 7) & 255;
  return bytes;
}

export function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
