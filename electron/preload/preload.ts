import { ipcRenderer } from "electron";
import { PAGE_READY, PORTS } from "../../core/contract/port-words.ts";

// The whole of what the page is given: it may say that it is ready, and it gets its ports. No function, no channel name.
window.addEventListener("message", (event) => {
  if (event.source === window && event.origin === location.origin && event.data === PAGE_READY) {
    ipcRenderer.send(PAGE_READY);
  }
});
ipcRenderer.on(PORTS, (event) => window.postMessage(PORTS, location.origin, event.ports));
