import * as v from "valibot";
import { Counts } from "./counts.ts";
import { carryFrames, type FrameHandler } from "./frame-stream.ts";
import { KeyFrameGate } from "./key-frames.ts";
import { KeyPort, type KeySource } from "./key-port.ts";
import { Keyring } from "./keyring.ts";
import { pageMessage, transformOptions, type TransformOptions, type WorkerMessage } from "./messages.ts";
import { FrameOpening } from "./open-frames.ts";
import { FrameSealing } from "./seal-frames.ts";

declare const self: DedicatedWorkerGlobalScope;

const keyring = new Keyring();
const keyPort = new KeyPort(keyring);
const counts = new Counts();

function tellPage(message: WorkerMessage): void {
  self.postMessage(message);
}

function gateFor(transformer: RTCRtpScriptTransformer, options: TransformOptions): KeyFrameGate | null {
  const { member, kind, direction } = options;
  if (kind === "microphone") return null;
  const ask =
    direction === "send"
      ? () => tellPage({ type: "key-frame-wanted", member, kind })
      : // Refused while the stream is not running yet; the gate asks again with the next frame.
        () => void transformer.sendKeyFrameRequest().catch(() => undefined);
  return new KeyFrameGate({ ask, elapsed: () => performance.now() });
}

function handlerFor(transformer: RTCRtpScriptTransformer, options: TransformOptions): FrameHandler {
  const tally = counts.tallyFor(options);
  const parts = { kind: options.kind, keyring, tally, gate: gateFor(transformer, options) };
  return options.direction === "send" ? new FrameSealing(parts) : new FrameOpening(options.member, parts);
}

function keySource(port: MessagePort): KeySource {
  return {
    listen(listener) {
      port.onmessage = ({ data }: MessageEvent<unknown>) => listener(data);
      return () => (port.onmessage = null);
    },
    close: () => port.close(),
  };
}

self.onrtctransform = ({ transformer }) => {
  const options = v.safeParse(transformOptions, transformer.options);
  // Unread frames are never passed on: a transform without a reader lets nothing through.
  if (!options.success) return;
  const handler = handlerFor(transformer, options.output);
  // The streams fail when the link is closed under them; there is nothing left to carry then.
  carryFrames(transformer.readable, transformer.writable, handler).catch(() => undefined);
};

self.addEventListener("message", (event: MessageEvent<unknown>) => {
  const message = v.safeParse(pageMessage, event.data);
  if (!message.success) return;
  // Tells whoever dispatched the event by hand that this listener was there to take it.
  event.preventDefault();
  if (message.output.type === "forget-counts") counts.forget(message.output.member);
  if (message.output.type === "counts") {
    tellPage({ type: "counts", request: message.output.request, counts: counts.all() });
  }
  const [port] = event.ports;
  if (message.output.type === "keys-port" && port !== undefined) keyPort.attach(keySource(port));
});
