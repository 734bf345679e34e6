import { describe, expect, test } from "vitest";
import type { Pipe } from "../../core/ports/pipes.ts";
import { digest, message, type MeshScene } from "./mesh-scene.ts";
import type { Watch } from "./mesh-watch.ts";

const PIECE = 64 * 1024;

/** The behaviour that `core/ports/pipes.ts` promises. */
export function pipesConform(scene: MeshScene): void {
  describe("pipes", () => {
    /** A pipe from alice to bob, both ends. */
    async function laid(): Promise<{ near: Pipe; far: Pipe }> {
      await linked(scene.alice, scene.bob);
      const taken: Pipe[] = [];
      scene.bob.mesh.pipes.accept((pipe) => taken.push(pipe));
      const near = await settled(scene.alice.mesh.pipes.open(scene.bob.mesh.self));
      await scene.harness.until(() => taken.length > 0, "the pipe at the other end");
      const [far] = taken;
      if (far === undefined) throw new Error("no pipe");
      return { near, far };
    }

    /** Links two members to each other. */
    async function linked(from: Watch, to: Watch): Promise<void> {
      await scene.connect(from, to);
      from.mesh.setMembers([to.mesh.self]);
      to.mesh.setMembers([from.mesh.self]);
    }

    /** Waits in the harness's own time for what the real thing settles. */
    async function settled<T>(promise: Promise<T>): Promise<T> {
      const done: { value?: T; failure?: unknown }[] = [];
      promise.then(
        (value) => done.push({ value }),
        (failure: unknown) => done.push({ failure }),
      );
      await scene.harness.until(() => done.length > 0, "the promise");
      const [outcome] = done;
      if (outcome === undefined || "failure" in outcome) throw outcome?.failure;
      return outcome.value as T;
    }

    async function readAll(pipe: Pipe): Promise<Uint8Array> {
      const parts: Uint8Array[] = [];
      for (let part = await settled(pipe.read()); part !== null; part = await settled(pipe.read())) parts.push(part);
      return Buffer.concat(parts);
    }

    test("know who is at the other end, and carry bytes whole and in order, both ways", async () => {
      const { near, far } = await laid();
      expect([near.peer, far.peer]).toEqual([scene.bob.mesh.self, scene.alice.mesh.self]);
      const pieces = Array.from({ length: 40 }, (_, index) => message(index, PIECE));
      const writing = (async () => {
        for (const piece of pieces) await near.write(piece);
        near.end();
      })();
      expect(digest(await readAll(far))).toBe(digest(Buffer.concat(pieces)));
      await settled(writing);
      await settled(far.write(message(7, 10)));
      far.end();
      expect(await readAll(near)).toEqual(Buffer.from(message(7, 10)));
    });

    test("hold a writer back while nobody reads, and lose nothing by it", async () => {
      const { near, far } = await laid();
      let written = 0;
      const writing = (async () => {
        for (let piece = 0; piece < 64; piece++) {
          await near.write(message(piece, PIECE));
          written++;
        }
        near.end();
      })();
      await scene.harness.until(() => written > 0, "a first piece");
      // A link beside it is not held up.
      const { near: link, far: heard } = await scene.connect(scene.alice, scene.bob);
      scene.alice.mesh.send(link, message(1, 100));
      await scene.harness.until(() => scene.bob.messagesOn(heard).length > 0, "a message beside the pipe");
      expect(written).toBeLessThan(48);
      expect((await readAll(far)).length).toBe(64 * PIECE);
      await settled(writing);
    });

    test("break at both ends when one aborts", async () => {
      const { near, far } = await laid();
      await settled(near.write(message(1, 10)));
      near.abort();
      near.abort();
      await expect(settled(near.write(message(2, 10)))).rejects.toMatchObject({ code: "pipe-closed" });
      await expect(readAll(far)).rejects.toMatchObject({ code: "pipe-closed" });
    });

    test("break when the other is no member any more", async () => {
      const { near, far } = await laid();
      scene.alice.mesh.setMembers([]);
      await expect(readAll(far)).rejects.toMatchObject({ code: "pipe-closed" });
      await expect(settled(near.write(message(1, 10)))).rejects.toMatchObject({ code: "pipe-closed" });
    });

    test("are not opened to strangers or to whom there is no way", async () => {
      await expect(settled(scene.alice.mesh.pipes.open(scene.bob.mesh.self))).rejects.toMatchObject({
        code: "pipe-unreachable",
      });
      await scene.connect(scene.alice, scene.bob);
      const taken: Pipe[] = [];
      scene.bob.mesh.pipes.accept((pipe) => taken.push(pipe));
      const tried = (async () => readAll(await settled(scene.alice.mesh.pipes.open(scene.bob.mesh.self))))();
      await expect(tried).rejects.toMatchObject({
        code: expect.stringMatching(/^pipe-(closed|unreachable)$/) as string,
      });
      expect(taken).toEqual([]);
    });

    test("are so many for one peer and no more", async () => {
      await linked(scene.alice, scene.bob);
      const taken: Pipe[] = [];
      scene.bob.mesh.pipes.accept((pipe) => taken.push(pipe));
      const open = async (): Promise<boolean> => {
        const pipe = await settled(scene.alice.mesh.pipes.open(scene.bob.mesh.self)).catch(() => null);
        if (pipe === null) return false;
        await settled(pipe.write(message(1, 10))).catch(() => undefined);
        return true;
      };
      for (let one = 0; one < 12; one++) await open();
      expect(taken.length).toBe(8);
    });

    test("end with their node", async () => {
      const { far } = await laid();
      const reading = readAll(far);
      const stopped = scene.alice.mesh.stop();
      await expect(reading).rejects.toMatchObject({ code: "pipe-closed" });
      await stopped;
    });
  });
}
