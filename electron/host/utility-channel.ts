import type { Ending } from "../../core/base/scope.ts";
import type { Port } from "./port.ts";
import type { WindowChannel } from "./serve.ts";

/** What the host uses of Electron's MessagePortMain; the host knows Electron by this shape alone. */
export interface ElectronPort {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
  on(event: "message", listener: (event: { data: unknown }) => void): unknown;
  off(event: "message", listener: (event: { data: unknown }) => void): unknown;
}

/** What the host uses of Electron's `process.parentPort`. */
export interface ParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: unknown; ports: readonly ElectronPort[] }) => void): unknown;
}

/** The channel of a host that runs as Electron's utilityProcess, or null when it does not. */
export function utilityChannel(parent: ParentPort | undefined = parentPortOf(process)): WindowChannel | null {
  if (parent === undefined) return null;
  return {
    post: (message) => parent.postMessage(message),
    listen(listener): Ending {
      let ended = false;
      parent.on("message", (event) => {
        if (!ended) listener(event.data, event.ports.map(wrapElectronPort));
      });
      return () => (ended = true);
    },
    // Electron ends the process itself when main is gone.
    onGone: () => undefined,
  };
}

function parentPortOf(holder: object): ParentPort | undefined {
  return (holder as { parentPort?: ParentPort }).parentPort;
}

/** Makes one of Electron's ports a `Port`. It is started with the first listener, so nothing that came before is lost. */
export function wrapElectronPort(port: ElectronPort): Port {
  return {
    post: (message) => port.postMessage(message),
    listen(listener): Ending {
      const receive = (event: { data: unknown }): void => listener(event.data);
      port.on("message", receive);
      port.start();
      return () => void port.off("message", receive);
    },
    close: () => port.close(),
  };
}
