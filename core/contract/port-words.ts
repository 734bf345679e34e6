/** The page's word that it can take ports, and the window's words that they are attached and that the host is gone. */
export const PAGE_READY = "vigil:page-ready";
export const PORTS = "vigil:ports";
export const HOST_GONE = "vigil:host-gone";
