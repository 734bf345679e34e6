import { HOST_GONE, PAGE_READY, PORTS } from "../../../../core/contract/port-words.ts";

// A page for tests of the window alone: it keeps what it is told in `seen` and shows that it lives in its heading.
interface Seen {
  messages: unknown[];
  keys: unknown[];
  closed: number;
  send(message: unknown): void;
  askAgain(): void;
}

const seen: Seen = { messages: [], keys: [], closed: 0, send: () => undefined, askAgain };
Object.assign(globalThis, { seen });

function askAgain(): void {
  window.postMessage(PAGE_READY, location.origin);
}

window.addEventListener("message", (event) => {
  if (event.source === window && event.data === HOST_GONE) seen.closed++;
  const [contract] = event.ports;
  if (event.source !== window || event.data !== PORTS || contract === undefined) return;
  contract.onmessage = ({ data }: MessageEvent<unknown>) => {
    seen.messages.push(data);
    const heading = document.querySelector("h1");
    if (heading !== null) heading.textContent = "live";
  };
  seen.send = (message) => contract.postMessage(message);
  seen.send("attach");
});
const worker = new Worker(new URL("./frames-worker.ts", import.meta.url), { type: "module" });
worker.onmessage = ({ data }: MessageEvent<unknown>) => seen.keys.push(data);
askAgain();
