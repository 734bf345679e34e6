// Runs in the page's document, in a JavaScript world of its own beside the page's, as Electron's preload does.
// The page gets one end of a MessageChannel; what comes out of the other end goes to the window's process and back.
import { HOST_GONE, PAGE_QUIT, PAGE_READY, PORTS } from "../../../core/contract/port-words.ts";
import { readRelayCommand, type RelayWord } from "../relay-words.ts";

declare const vigilDown: (word: string) => void;

let channel: { readonly id: string; readonly port: MessagePort } | null = null;

function tell(word: RelayWord): void {
  vigilDown(JSON.stringify(word));
}

function give(): void {
  // A page that asks again wants a fresh start: what it had is over.
  channel?.port.close();
  const { port1, port2 } = new MessageChannel();
  const id = crypto.randomUUID();
  channel = { id, port: port2 };
  port2.onmessage = (event: MessageEvent<unknown>) => tell({ type: "message", id, body: event.data });
  tell({ type: "attach", id });
  window.postMessage(PORTS, location.origin, [port1]);
}

function receive(text: string): void {
  const command = readRelayCommand(text);
  if (command === null || channel?.id !== command.id) return;
  if (command.type === "messages") {
    for (const body of command.bodies) channel.port.postMessage(body);
    return;
  }
  channel.port.close();
  channel = null;
  // Chromium's ports do not tell the other end that they were closed.
  window.postMessage(HOST_GONE, location.origin);
}

if (window.top === window) {
  Object.assign(globalThis, { vigilUp: receive });
  window.addEventListener("message", (event) => {
    if (event.source !== window || event.origin !== location.origin) return;
    if (event.data === PAGE_READY) give();
    if (event.data === PAGE_QUIT) tell({ type: "quit", id: crypto.randomUUID() });
  });
}
