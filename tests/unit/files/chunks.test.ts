import { describe, expect, test } from "vitest";
import { Secret } from "../../../core/base/secret.ts";
import {
  CHUNK_BYTES,
  CHUNK_OVERHEAD_BYTES,
  ChunkOpener,
  ChunkSealer,
  transferTag,
  type TransferSecret,
} from "../../../core/files/chunks.ts";

const id = new Uint8Array(16).fill(7);
const secretOf = (first: number): TransferSecret => new Secret("transfer-secret", new Uint8Array(32).fill(first));
const chunkOf = (first: number, length = 1_000): Uint8Array<ArrayBuffer> =>
  new Uint8Array(length).map((_, at) => first + at);

async function sealAll(chunks: readonly Uint8Array<ArrayBuffer>[], offset = 0): Promise<Uint8Array<ArrayBuffer>[]> {
  const sealer = await ChunkSealer.create(secretOf(1), { id, offset });
  const sealed: Uint8Array<ArrayBuffer>[] = [];
  for (const chunk of chunks) sealed.push(await sealer.seal(chunk));
  return sealed;
}

describe("the chunks of a transfer", () => {
  test("come back as they were, each longer by its tag while it travels", async () => {
    const chunks = [chunkOf(1, CHUNK_BYTES), chunkOf(2), chunkOf(3, 1)];
    const sealed = await sealAll(chunks);
    expect(sealed.map(({ length }) => length)).toEqual(chunks.map(({ length }) => length + CHUNK_OVERHEAD_BYTES));
    const opener = await ChunkOpener.create(secretOf(1), { id, offset: 0 });
    for (const [index, one] of sealed.entries()) expect(await opener.open(one)).toEqual(chunks[index]);
  });

  test("are refused when they are altered, left out, repeated, put elsewhere, of another file or under another secret", async () => {
    const [first, second] = await sealAll([chunkOf(1), chunkOf(2)]);
    if (first === undefined || second === undefined) throw new Error("no chunks");
    const altered = Uint8Array.from(first);
    altered[500] = (altered[500] ?? 0) ^ 1;
    const forged = { code: "chunk-forged", fault: "peer" };
    const opener = (secret = secretOf(1), part = { id, offset: 0 }): Promise<ChunkOpener> =>
      ChunkOpener.create(secret, part);
    await expect((await opener()).open(altered)).rejects.toMatchObject(forged);
    await expect((await opener()).open(second)).rejects.toMatchObject(forged);
    await expect((await opener()).open(first.slice(0, -1))).rejects.toMatchObject(forged);
    await expect((await opener()).open(new Uint8Array(3))).rejects.toMatchObject(forged);
    await expect((await opener(secretOf(2))).open(first)).rejects.toMatchObject(forged);
    await expect((await opener(secretOf(1), { id, offset: 5 })).open(first)).rejects.toMatchObject(forged);
    await expect((await opener(secretOf(1), { id: new Uint8Array(16), offset: 0 })).open(first)).rejects.toMatchObject(
      forged,
    );
    const twice = await opener();
    await twice.open(first);
    await expect(twice.open(first)).rejects.toMatchObject(forged);
  });

  test("are no larger than a chunk, and none is empty", async () => {
    const sealer = await ChunkSealer.create(secretOf(1), { id, offset: 0 });
    for (const length of [0, CHUNK_BYTES + 1]) {
      await expect(sealer.seal(new Uint8Array(length))).rejects.toMatchObject({ code: "chunk-size" });
    }
  });

  test("are told apart by a tag that is the secret's own and does not give it away", () => {
    expect(transferTag(secretOf(1))).toEqual(transferTag(secretOf(1)));
    expect(transferTag(secretOf(1))).not.toEqual(transferTag(secretOf(2)));
    expect(transferTag(secretOf(1))).not.toEqual(new Uint8Array(16).fill(1));
  });
});
