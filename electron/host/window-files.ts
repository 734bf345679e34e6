import * as v from "valibot";
import { toHost } from "./control.ts";
import type { WindowChannel } from "./serve.ts";

/** Only the window can ask the person for a file: the page names no path. Answers are taken from the channel before others see them. */
export function windowFiles(channel: WindowChannel): {
  chooseFile: () => Promise<string | null>;
  channel: WindowChannel;
} {
  const waiting = new Map<number, (path: string | null) => void>();
  let asked = 0;
  return {
    chooseFile: () =>
      new Promise((resolve) => {
        const id = ++asked;
        waiting.set(id, resolve);
        channel.post({ type: "choose-file", id });
      }),
    channel: {
      ...channel,
      listen: (listener) =>
        channel.listen((raw, ports) => {
          const parsed = v.safeParse(toHost, raw);
          if (!parsed.success || parsed.output.type !== "file-chosen") return listener(raw, ports);
          const { id, path } = parsed.output;
          waiting.get(id)?.(path);
          waiting.delete(id);
        }),
    },
  };
}
