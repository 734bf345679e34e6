import type { Ending } from "../../core/base/scope.ts";
import type { MediaDirective, MediaReport } from "../../core/contract/media-messages.ts";
import type { Fingerprint } from "../../core/contract/parts.ts";
import type { CallMedia } from "./call-media.ts";
import { Engine, type CallMediaOptions } from "./engine.ts";

export type { CallMediaOptions };

/** The media engine of a page. The screens get only `media`. */
export interface CallMediaEngine {
  readonly media: CallMedia;
  /** Carries out what the host says about links, in the order it is said. */
  apply(directive: MediaDirective): void;
  /** What the host must hear: signals and link states. */
  subscribeReports(listener: (report: MediaReport) => void): Ending;
  /** SHA-256 of the one certificate that all links of this meeting use. Rejects if the browser makes none. */
  fingerprint(): Promise<Fingerprint>;
  /** Hands the port on which frame keys come to the frames worker. */
  attachKeys(port: MessagePort): void;
  /** Closes every link. Devices and the certificate stay. */
  reset(): void;
  /** Closes every link and makes a new certificate: nothing that members saw in one meeting comes again in the next. */
  renew(): void;
  /** Stops the frames worker with all its keys, closes every link and lets go of every device, for good. */
  end(): void;
}

function screensView(engine: Engine): CallMedia {
  const { devices, incoming, levels } = engine;
  return {
    local: () => devices.picture(),
    subscribeLocal: (listener) => devices.subscribe(listener),
    remote: (member) => incoming.of(member),
    passedBy: (member) => incoming.passedBy(member),
    subscribeRemote: (listener) => incoming.subscribe(listener),
    show: (member, kind, room) => engine.viewing.show(member, kind, room),
    prepare: () => devices.prepare(),
    setMicrophone: (on) => devices.setMicrophone(on),
    setCamera: (on) => devices.setCamera(on),
    allowPassing: (choice) => engine.passing.allow(choice),
    treatSound: (treatment) => devices.treatSound(treatment),
    startScreen: () => devices.startScreen(),
    stopScreen: () => devices.stopScreen(),
    choose: (kind, id) => devices.choose(kind, id),
    level: (of) => levels.of(of),
    statistics: async () => (await engine.statistics()).links,
    callStatistics: () => engine.statistics(),
    strain: () => engine.frames.strain,
    release: () => devices.release(),
  };
}

/** Makes the media engine of this page. Call it once, early: worker, certificate and WebRTC warm up while the page loads. */
export function createCallMedia(options: CallMediaOptions = {}): CallMediaEngine {
  const engine = new Engine(options);
  return {
    media: screensView(engine),
    apply: (directive) => engine.apply(directive),
    subscribeReports: (listener) => engine.reports.subscribe(listener),
    fingerprint: async () => (await engine.certificate).fingerprint,
    attachKeys: (port) => engine.frames.attachKeys(port),
    reset: () => engine.reset(),
    renew: () => engine.renew(),
    end: () => engine.end(),
  };
}
