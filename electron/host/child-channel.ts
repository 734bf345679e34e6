import { VigilError } from "../../core/base/errors.ts";
import type { WindowChannel } from "./serve.ts";
import { Trunk } from "./trunk.ts";

/**
 * The channel of a host that the Chromium window has forked: ports are carried inside the one pipe to the parent.
 * Throws `no-window` when this process was not forked.
 */
export function childChannel(): WindowChannel {
  if (process.send === undefined) throw new VigilError("no-window", "defect");
  const trunk = new Trunk({
    send(frame) {
      if (process.connected) process.send?.(frame);
    },
    listen: (listener) => void process.on("message", listener),
  });
  return {
    post: (message) => void trunk.post(message),
    listen: (listener) => trunk.listen(listener),
    onGone: (listener) => void process.once("disconnect", listener),
  };
}
