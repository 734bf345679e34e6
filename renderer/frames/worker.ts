import * as v from "valibot";
import { Counts } from "./counts.ts";
import { carryFrames, type FrameHandler } from "./frame-stream.ts";
import { KeyFrameGate } from "./key-frames.ts";
import { KeyPort, type KeySource } from "./key-port.ts";
import { Keyring } from "./keyring.ts";
import {
  pageMessage,
  transformOptions,
  type PageMessage,
  type TransformOptions,
  type WorkerMessage,
} from "./messages.ts";
import { FrameOpening } from "./open-frames.ts";
import type { TickFrame } from "./pictures/carrier.ts";
import { Pictures } from "./pictures/pictures.ts";
import { OutgoingFrames, Recipients } from "./recipients.ts";
import { FrameSealing } from "./seal-frames.ts";
import { Voices } from "./voice.ts";

declare const self: DedicatedWorkerGlobalScope;

const elapsed = (): number => performance.now();
const keyring = new Keyring();
const recipients = new Recipients();
const keyPort = new KeyPort(keyring, recipients);
const counts = new Counts();
const voices = new Voices(elapsed);
const pictures = new Pictures({
  keyring,
  elapsed,
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
});

/** How often the page hears of changed levels, in ms: as often as an eye follows. */
const LEVELS_EVERY_MS = 100;

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
  return new KeyFrameGate({ ask, elapsed });
}

function handlerFor(transformer: RTCRtpScriptTransformer, options: TransformOptions): FrameHandler<TickFrame> {
  const { member, generation, kind, direction } = options;
  const tally = counts.tallyFor(options);
  const parts = { kind, keyring, voices, tally, gate: gateFor(transformer, options) };
  if (direction === "receive") return new FrameOpening(member, parts);
  const carried = direction === "carry" && kind !== "microphone";
  const handler = carried ? pictures.carrying({ member, generation, kind }) : new FrameSealing(parts);
  return new OutgoingFrames({ member, recipients, handler, tally });
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

function obey(message: PageMessage, port: MessagePort | undefined): void {
  switch (message.type) {
    case "keys-port":
      if (port !== undefined) keyPort.attach(keySource(port));
      return;
    case "counts":
      return tellPage({
        type: "counts",
        request: message.request,
        counts: { streams: counts.all(), sending: pictures.counts() },
      });
    case "pictures":
      return pictures.setSource(message.kind, message.frames);
    case "carrier":
      return pictures.addCarrier(message, message.ticks, counts.tallyFor(message));
    case "link-estimate":
      return pictures.setEstimate(message.member, message.bitsPerSecond);
    case "wish":
      return pictures.setWish(message.member, message);
    case "own-level":
      voices.own = message.level;
      return;
    case "link-up":
      return pictures.linkUp(message.member);
    case "forget-member":
      counts.forget(message.member);
      voices.forget(message.member);
      pictures.forget(message.member);
  }
}

let strain = pictures.strain();

setInterval(() => {
  const levels = voices.takeChanges();
  if (levels !== null) tellPage({ type: "levels", levels });
  const now = pictures.strain();
  if (now.machine === strain.machine && now.links === strain.links) return;
  strain = now;
  tellPage({ type: "strain", ...strain });
}, LEVELS_EVERY_MS);

self.addEventListener("message", (event: MessageEvent<unknown>) => {
  const message = v.safeParse(pageMessage, event.data);
  if (!message.success) return;
  // Tells whoever dispatched the event by hand that this listener was there to take it.
  event.preventDefault();
  obey(message.output, event.ports[0]);
});
