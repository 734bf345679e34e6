import { fromBase64Url, toBase64Url } from "../../core/base/bytes.ts";
import { VigilError } from "../../core/base/errors.ts";
import { Secret } from "../../core/base/secret.ts";
import { MAX_WRAPPED_BYTES } from "../../core/persona/file.ts";
import type { Keychain } from "../../core/ports/keychain.ts";
import * as v from "valibot";
import { type FromHost, toHost } from "./control.ts";
import type { WindowChannel } from "./serve.ts";

type Ask = Extract<FromHost, { type: "keychain" }>["ask"];

/** A keychain is the window's to use: the host asks, and takes what answers from the same channel before others see it. */
export function windowKeychain(channel: WindowChannel): { keychain: Keychain; channel: WindowChannel } {
  const waiting = new Map<number, (data: string | null) => void>();
  let asked = 0;
  const ask = (what: Ask, data: string): Promise<string | null> =>
    new Promise((resolve) => {
      const id = ++asked;
      waiting.set(id, resolve);
      channel.post({ type: "keychain", id, ask: what, data });
    });
  const bytesFrom = async (what: Ask, bytes: Uint8Array): Promise<Uint8Array> => {
    const answer = await ask(what, toBase64Url(bytes));
    const given = answer === null ? null : fromBase64Url(answer);
    if (given === null || given.length === 0) throw new VigilError("keychain-failed", "device");
    return given;
  };
  return {
    keychain: {
      available: async () => (await ask("available", "")) !== null,
      async wrap(secret) {
        const wrapped = await bytesFrom("wrap", secret.reveal());
        if (wrapped.length > MAX_WRAPPED_BYTES) throw new VigilError("keychain-failed", "device");
        return wrapped;
      },
      unwrap: async (wrapped) => new Secret("keychain-key", await bytesFrom("unwrap", wrapped)),
    },
    channel: {
      ...channel,
      listen: (listener) =>
        channel.listen((raw, ports) => {
          const parsed = v.safeParse(toHost, raw);
          if (!parsed.success || parsed.output.type !== "keychain-answer") return listener(raw, ports);
          const { id, data } = parsed.output;
          waiting.get(id)?.(data);
          waiting.delete(id);
        }),
    },
  };
}
