import type { Ending } from "../../core/base/scope.ts";

/** What the window hands to the page: the contract port, and the port for frame keys where it goes through the page. */
export interface PagePorts {
  readonly contract: MessagePort;
  readonly keys: MessagePort | null;
}

/** The page's word that it can take ports, and the window's word that they are attached. */
const PAGE_READY = "vigil:page-ready";
const PORTS = "vigil:ports";
/** The window's word that the other end of the contract port is gone, where the port itself has no `close` event. */
const HOST_GONE = "vigil:host-gone";

/** Tells the window that this page can take its ports. Said again, it asks for fresh ones. */
export function announcePage(page: Window): void {
  page.postMessage(PAGE_READY, page.location.origin);
}

/**
 * Calls `take` for every set of ports that the window hands over; a later set replaces an earlier one.
 * Only messages that this page's own window sent are looked at.
 */
export function listenForPorts(page: Window, take: (ports: PagePorts) => void): Ending {
  let current: MessagePort | null = null;
  const onMessage = (event: MessageEvent<unknown>): void => {
    if (event.source !== page) return;
    if (event.data === HOST_GONE) current?.dispatchEvent(new Event("close"));
    const [contract, keys] = event.ports;
    if (event.data !== PORTS || contract === undefined) return;
    current = contract;
    take({ contract, keys: keys ?? null });
  };
  page.addEventListener("message", onMessage);
  return () => page.removeEventListener("message", onMessage);
}
