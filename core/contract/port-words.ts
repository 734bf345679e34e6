/** The page's words that it can take ports and that the person wants everything gone, and the window's words that they are attached and that the host is gone. */
export const PAGE_READY = "vigil:page-ready";
export const PAGE_QUIT = "vigil:page-quit";
export const PORTS = "vigil:ports";
export const HOST_GONE = "vigil:host-gone";
