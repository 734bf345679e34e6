/** The app's own scheme in Electron: no file URL, no server. */
export const APP_SCHEME = "vigil-app";
export const APP_ORIGIN = `${APP_SCHEME}://app`;
