import type { Ending } from "../../core/base/scope.ts";
import { HOST_GONE, PAGE_QUIT, PAGE_READY, PORTS } from "../../core/contract/port-words.ts";

/** What the window hands to the page: the contract port, and the port for frame keys where it goes through the page. */
export interface PagePorts {
  readonly contract: MessagePort;
  readonly keys: MessagePort | null;
}

export interface PortListeners {
  /** A set of ports; a later one replaces an earlier one. */
  readonly take: (ports: PagePorts) => void;
  /** The host has died: Chromium's ports have no `close` event, so the window says it. */
  readonly gone: () => void;
}

/** Tells the window that this page can take its ports. Said again, it asks for fresh ones. */
export function announcePage(page: Window): void {
  page.postMessage(PAGE_READY, page.location.origin);
}

/** Tells the window that the person wants everything gone: there may be no host to say it to. */
export function announceQuit(page: Window): void {
  page.postMessage(PAGE_QUIT, page.location.origin);
}

/** Hears what the window says about the host. Only messages that this page's own window sent are looked at. */
export function listenForPorts(page: Window, { take, gone }: PortListeners): Ending {
  const onMessage = (event: MessageEvent<unknown>): void => {
    if (event.source !== page) return;
    if (event.data === HOST_GONE) gone();
    if (event.data !== PORTS) return;
    const [contract, keys] = event.ports;
    if (contract !== undefined) take({ contract, keys: keys ?? null });
  };
  page.addEventListener("message", onMessage);
  return () => page.removeEventListener("message", onMessage);
}
