/** The words between the page, the preload and main. The page knows only that it is ready and that ports come. */
export const PAGE_READY = "vigil:page-ready";
export const PORTS = "vigil:ports";

/** The app's own scheme in Electron: no file URL, no server. */
export const APP_SCHEME = "vigil-app";
export const APP_ORIGIN = `${APP_SCHEME}://app`;
