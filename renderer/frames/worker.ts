import * as v from "valibot";
import type { MediaKind } from "../../core/contract/parts.ts";
import { Counts } from "./counts.ts";
import { carryFrames, type FrameHandler } from "./frame-stream.ts";
import { KeyFrameGate } from "./key-frames.ts";
import { KeyPort, type KeySource } from "./key-port.ts";
import { Keyring } from "./keyring.ts";
import {
  pageMessage,
  slotOf,
  transformOptions,
  type PageMessage,
  type TransformOptions,
  type WorkerMessage,
} from "./messages.ts";
import { type ArrivedFrame, FrameOpening, type OpenedFrame } from "./open-frames.ts";
import { Passing } from "./passing/passing.ts";
import type { TickFrame } from "./pictures/carrier.ts";
import { Pictures } from "./pictures/pictures.ts";
import type { PictureSurroundings } from "./pictures/running-layer.ts";
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
const surroundings: PictureSurroundings = {
  keyring,
  elapsed,
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};
const passing = new Passing({ ...surroundings, tellPage });
const pictures = new Pictures({
  surroundings,
  signer: () => passing.signer,
  tellRoute: (member, route) => tellPage({ type: "tell-route", member, route }),
});

/** How often the page hears of what has changed, in ms: as often as an eye follows. */
const LOOK_EVERY_MS = 100;

function tellPage(message: WorkerMessage): void {
  self.postMessage(message);
}

/** Asks the other side of a stream for a key frame. */
function asking(transformer: RTCRtpScriptTransformer, { direction, member, kind }: TransformOptions): () => void {
  if (direction === "send" && (kind === "camera" || kind === "screen")) {
    return () => tellPage({ type: "key-frame-wanted", member, kind });
  }
  // Refused while the stream is not running yet; who needs the key frame asks again with the next frame.
  return () => void transformer.sendKeyFrameRequest().catch(() => undefined);
}

/** Lets in what comes over a link: of its sender's own, or of somebody else's by a spare stream. */
function receiving(transformer: RTCRtpScriptTransformer, options: TransformOptions): FrameHandler<ArrivedFrame> {
  const { member, kind } = options;
  const tally = counts.tallyFor(options);
  const ask = asking(transformer, options);
  const gate = kind === "microphone" ? null : new KeyFrameGate({ ask, elapsed });
  const slot = slotOf(kind);
  if (slot !== null) return passing.arrivals.opening({ member, slot }, { voices, tally, gate, ask });
  const own = kind as MediaKind;
  const onOpened = (opened: OpenedFrame): void => {
    if (own === "microphone") passing.arrivals.heard(member, opened.header);
    else passing.arrivals.cameDirectly({ origin: member, kind: own }, opened, ask);
  };
  return new FrameOpening(member, { kind: own, keyring, voices, tally, gate, onOpened });
}

/** What goes out over a link before it is known whether it may. */
function outgoing(transformer: RTCRtpScriptTransformer, options: TransformOptions): FrameHandler<TickFrame> {
  const { member, generation, kind, direction } = options;
  const slot = slotOf(kind);
  if (slot !== null) return passing.onward.carrying({ member, generation, slot });
  const own = kind as MediaKind;
  if (direction === "carry" && own !== "microphone") return pictures.carrying({ member, generation, kind: own });
  const gate = own === "microphone" ? null : new KeyFrameGate({ ask: asking(transformer, options), elapsed });
  return new FrameSealing({ kind: own, keyring, voices, tally: counts.tallyFor(options), gate });
}

function handlerFor(transformer: RTCRtpScriptTransformer, options: TransformOptions): FrameHandler<TickFrame> {
  if (options.direction === "receive") return receiving(transformer, options);
  const handler = outgoing(transformer, options);
  return new OutgoingFrames({ member: options.member, recipients, handler, tally: counts.tallyFor(options) });
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

function addCarrier({ member, generation, kind, ticks }: Extract<PageMessage, { type: "carrier" }>): void {
  const tally = counts.tallyFor({ member, generation, kind });
  if (kind === "camera" || kind === "screen") return pictures.addCarrier({ member, generation, kind }, ticks, tally);
  const slot = slotOf(kind);
  if (slot !== null) passing.onward.addCarrier({ member, generation, slot }, ticks, tally);
}

function obey(message: PageMessage, port: MessagePort | undefined): void {
  switch (message.type) {
    case "keys-port":
      if (port !== undefined) keyPort.attach(keySource(port));
      return;
    case "counts":
      return tellPage({
        type: "counts",
        request: message.request,
        counts: { streams: counts.all(), sending: pictures.counts(), passed: passing.arrivals.passed() },
      });
    case "pictures":
      return pictures.setSource(message.kind, message.frames);
    case "carrier":
      return addCarrier(message);
    case "link-estimate":
      return pictures.setEstimate(message.member, message.bitsPerSecond);
    case "wish":
      return pictures.setWish(message.member, message);
    case "room":
      return pictures.setRoom(message.member, message.bitsPerSecond);
    case "arrival":
      return pictures.arrived(message.member, message);
    case "frame-key":
    case "route":
    case "comes":
    case "goes-on":
      return passing.obey(message);
    case "own-level":
      voices.own = message.level;
      return;
    case "link-up":
      return pictures.linkUp(message.member);
    case "forget-member":
      counts.forget(message.member);
      voices.forget(message.member);
      pictures.forget(message.member);
      passing.forget(message.member);
  }
}

let strain = pictures.strain();

setInterval(() => {
  passing.check(pictures.room);
  const levels = voices.takeChanges();
  if (levels !== null) tellPage({ type: "levels", levels });
  const now = pictures.strain();
  if (now.machine === strain.machine && now.links === strain.links) return;
  strain = now;
  tellPage({ type: "strain", ...strain });
}, LOOK_EVERY_MS);

self.addEventListener("message", (event: MessageEvent<unknown>) => {
  const message = v.safeParse(pageMessage, event.data);
  if (!message.success) return;
  // Tells whoever dispatched the event by hand that this listener was there to take it.
  event.preventDefault();
  obey(message.output, event.ports[0]);
});
