import type { KeyMessage } from "../../core/contract/key-messages.ts";
import type { Client } from "./client.ts";
import { framesWorker } from "./frame-tap.ts";

declare global {
  var vigilNotedKeys: string[] | undefined;
  var vigilKeys: ((messages: readonly KeyMessage[]) => void) | undefined;
}

/**
 * Notes the keys that the frames worker gets from now on, which go on to it as they came. The test reads what its own debugger
 * shows it, as only somebody can who already drives this client; the app has no way for it. Follows `tapFrames`.
 */
export async function noteKeys(client: Client): Promise<void> {
  const worker = await framesWorker(client);
  await client.until("the worker's way to its keys", () => worker.evaluate(() => globalThis.vigilKeys !== undefined));
  await worker.evaluate(() => {
    const noted: string[] = [];
    globalThis.vigilNotedKeys = noted;
    const handOver = globalThis.vigilKeys;
    globalThis.vigilKeys = (messages) => {
      for (const message of messages) if ("baseKey" in message) noted.push(message.baseKey);
      handOver?.(messages);
    };
  });
}

/** The base keys noted since, 32 bytes each. */
export async function notedKeys(client: Client): Promise<Buffer[]> {
  const keys = await (await framesWorker(client)).evaluate(() => globalThis.vigilNotedKeys ?? []);
  return keys.map((key) => Buffer.from(key, "base64url"));
}
