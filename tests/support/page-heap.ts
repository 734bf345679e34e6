import type { CDPSession } from "playwright-core";
import type { Client } from "./client.ts";

/**
 * What the heap of the page's main thread holds, as text: all strings, from a heap snapshot, and the numbers of all arrays as `1,2,3`,
 * which it leaves out. Neither it nor the debugger gives the bytes of typed arrays. The heaps of workers are not in it.
 * Strings come whole only from a Chromium that was started with `--js-flags=--heap-snapshot-string-limit=<enough>`.
 */
export async function pageHeap(client: Pick<Client, "page">): Promise<Buffer> {
  const session = await client.page.context().newCDPSession(client.page);
  try {
    const worlds: number[] = [];
    session.on("Runtime.executionContextCreated", ({ context }) => worlds.push(context.id));
    await session.send("Runtime.enable");
    const texts = [...(await stringsOf(session))];
    for (const world of worlds) texts.push(...(await numbersOf(session, world)));
    return Buffer.from(texts.join("\n"), "utf8");
  } finally {
    await session.detach();
  }
}

async function stringsOf(session: CDPSession): Promise<readonly string[]> {
  const chunks: string[] = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.takeHeapSnapshot", { exposeInternals: true });
  return (JSON.parse(chunks.join("")) as { strings: string[] }).strings;
}

const READ_NUMBERS = `function () {
  const rows = this.filter((row) => row.length >= 16 && row.every((item) => typeof item === "number"));
  return rows.map((row) => row.join(","));
}`;

/** The arrays of one world of the page, also those that nothing but its heap knows of. */
async function numbersOf(session: CDPSession, contextId: number): Promise<string[]> {
  const objectGroup = `numbers-${contextId}`;
  const expression = "Array.prototype";
  const { result } = await session.send("Runtime.evaluate", { expression, contextId, objectGroup });
  const prototypeObjectId = result.objectId ?? "";
  const { objects } = await session.send("Runtime.queryObjects", { prototypeObjectId, objectGroup });
  const objectId = objects.objectId ?? "";
  const read = { objectId, functionDeclaration: READ_NUMBERS, returnByValue: true };
  const rows = await session.send("Runtime.callFunctionOn", read);
  if (rows.exceptionDetails !== undefined) throw new Error(rows.exceptionDetails.exception?.description);
  await session.send("Runtime.releaseObjectGroup", { objectGroup });
  return rows.result.value as string[];
}
