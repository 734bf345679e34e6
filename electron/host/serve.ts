import * as v from "valibot";
import type { Ending } from "../../core/base/scope.ts";
import { type FromHost, portsWith, toHost } from "./control.ts";
import type { Host, Port } from "./port.ts";
import { takePlace } from "./window-place.ts";

/** The host's end of its connection to the window: control messages, some of them with ports. */
export interface WindowChannel {
  post(message: FromHost): void;
  /** `message` is unchecked; `ports` are closed by the listener if it does not take them. */
  listen(listener: (message: unknown, ports: readonly Port[]) => void): Ending;
  /** Called once when the window is gone without having said `stop`. */
  onGone(listener: () => void): void;
}

/**
 * Lets a window run a host: hands on what it sends and stops the host when asked or when the window is gone.
 * Messages that do not fit the table are dropped, their ports closed. `exit` is called once, after the host has stopped.
 */
export function serveHost(channel: WindowChannel, host: Host, exit: (code: number) => void): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    let code = 0;
    try {
      await host.stop();
    } catch {
      code = 1;
    }
    channel.post({ type: "stopped" });
    exit(code);
  };
  channel.onGone(() => void stop());
  channel.listen((raw, ports) => {
    const parsed = v.safeParse(toHost, raw);
    const [port] = ports;
    if (!parsed.success || ports.length !== portsWith[parsed.output.type] || stopping) {
      for (const unwanted of ports) unwanted.close();
      return;
    }
    const message = parsed.output;
    if (message.type === "stop") void stop();
    else if (message.type === "return") takePlace(message, (place) => host.returnTo(place));
    else if (message.type === "open-invite") host.openExternalInvite(message.link);
    else if (port !== undefined && message.type === "attach-frames") host.attachFrames(port);
    else if (port !== undefined)
      host.attachPage(tellingFirstSnapshot(port, () => channel.post({ type: "page-served" })));
  });
}

/** The same port, which also says when the page has been given its first snapshot. */
function tellingFirstSnapshot(port: Port, tell: () => void): Port {
  let told = false;
  return {
    post(message) {
      port.post(message);
      if (told || !isSnapshot(message)) return;
      told = true;
      tell();
    },
    listen: (listener) => port.listen(listener),
    close: () => port.close(),
  };
}

function isSnapshot(message: unknown): boolean {
  return typeof message === "object" && message !== null && "channel" in message && message.channel === "snapshot";
}
