// Shows the page which keys have come, which the real frames worker never does.
self.addEventListener("message", (event: MessageEvent<{ type: string }>) => {
  const [port] = event.ports;
  if (event.data.type !== "keys-port" || port === undefined) return;
  port.onmessage = ({ data }: MessageEvent<unknown>) => self.postMessage(data);
});
