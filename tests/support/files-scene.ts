import { inPage } from "./scene.ts";

/** A call with files in every state. */
export const files = inPage(({ host, media, callWithFiles }) => {
  void media.media.prepare();
  host.show({ view: callWithFiles() });
});
