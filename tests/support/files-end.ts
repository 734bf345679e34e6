import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toBase64Url } from "../../core/base/bytes.ts";
import type { FileEvent } from "../../core/ports/files.ts";
import type { Mesh } from "../../core/ports/mesh.ts";
import { DiskFileCarrier } from "../../electron/files/carrier.ts";
import { systemClock } from "../../electron/host/platform.ts";
import type { LoopbackMeshes } from "./loopback-meshes.ts";

/** The id of the one file of a test. */
export const ID = toBase64Url(new Uint8Array(16).fill(9));

type Told<T extends FileEvent["type"]> = Extract<FileEvent, { type: T }>;

/** One member's end: a real mesh, a real folder, the real carrier. */
export class End {
  readonly mesh: Mesh;
  readonly #harness: LoopbackMeshes;
  readonly folder: string;
  readonly carrier: DiskFileCarrier;
  readonly told: FileEvent[] = [];
  chosen: string | null = null;

  constructor(harness: LoopbackMeshes, mesh: Mesh, folder: string, clock = systemClock) {
    this.#harness = harness;
    this.mesh = mesh;
    this.folder = folder;
    this.carrier = new DiskFileCarrier({
      clock,
      folder,
      chooseFile: () => Promise.resolve(this.chosen),
      reportDefect: (defect) => {
        throw defect;
      },
    });
    this.carrier.subscribe((event) => this.told.push(event));
    this.carrier.begin(mesh.pipes);
  }

  /** Opens a link to another end; each takes the other for a member from then on. */
  async meet({ mesh: other }: End): Promise<void> {
    let linked = false;
    const stop = other.subscribe((event) => {
      if (event.type === "link-opened") linked = true;
    });
    this.mesh.dial(other.self, other.addresses());
    await this.#harness.until(() => linked, "a link");
    stop();
    this.mesh.setMembers([other.self]);
    other.setMembers([this.mesh.self]);
  }

  async hears<T extends FileEvent["type"]>(
    type: T,
    matching: (event: Told<T>) => boolean = () => true,
  ): Promise<Told<T>> {
    const find = (): Told<T> | undefined =>
      this.told.find((event): event is Told<T> => event.type === type && matching(event as Told<T>));
    await this.#harness.until(
      () => find() !== undefined,
      `${type}, after ${JSON.stringify(this.told.map((event) => event.type))}`,
    );
    const found = find();
    if (found === undefined) throw new Error(type);
    return found;
  }

  /** Chooses a file with this content and gives what an offer of it says. */
  async choose(name: string, content: Uint8Array): Promise<Told<"chosen">> {
    this.chosen = join(this.folder, name);
    await writeFile(this.chosen, content);
    this.carrier.carry({ type: "choose", id: ID });
    return this.hears("chosen");
  }

  async names(): Promise<string[]> {
    return (await readdir(this.folder)).sort();
  }
}
