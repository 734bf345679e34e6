// Runs inside the frames worker. Gives it the port that its keys come on, and hands over the other end:
// `globalThis.vigilKeys(messages)` posts them. The page has no part in it.
const RETRY_MS = 5;

const { port1, port2 } = new MessageChannel();

/** Dispatches the event that brings the port; true if somebody looked at it. */
function offer(): boolean {
  let seen = false;
  const data = { type: "keys-port" };
  const event = new MessageEvent("message", { data, ports: [port1] });
  Object.defineProperty(event, "data", {
    get() {
      seen = true;
      return data;
    },
  });
  globalThis.dispatchEvent(event);
  return seen;
}

// The worker's own script may not have run yet: nobody listens before it has.
function insist(): void {
  if (!offer()) setTimeout(insist, RETRY_MS);
}

Object.assign(globalThis, {
  vigilKeys(messages: readonly unknown[]) {
    for (const message of messages) port2.postMessage(message);
  },
});
insist();
