import { Emitter } from "../../core/base/emitter.ts";
import type { MediaDirective, MediaReport } from "../../core/contract/media-messages.ts";
import type { Fingerprint, MediaKind, MemberId } from "../../core/contract/parts.ts";
import type { CallMediaEngine } from "../../renderer/rtc/create-call-media.ts";
import type {
  CallMedia,
  CallStatistics,
  DeviceKind,
  LocalDevice,
  LocalMedia,
  PassedBy,
  RemoteMedia,
} from "../../renderer/rtc/call-media.ts";
import type { Strain } from "../../renderer/frames/messages.ts";
import { paintedStream } from "./painted-stream.ts";

const NOTHING: RemoteMedia = { microphone: null, camera: null, screen: null };

function device(kind: string, on: boolean): LocalDevice {
  const choices = [
    { id: `${kind}-1`, label: `Built-in ${kind}` },
    { id: `${kind}-2`, label: `USB ${kind} with a rather long name (046d:0825)` },
  ];
  return { on, starting: false, problem: null, choices, chosen: null };
}

/** Devices and links without devices and links: painted pictures, silent sound, levels that a test sets. */
export class MediaDouble implements CallMediaEngine {
  readonly directives: MediaDirective[] = [];
  readonly calls: string[] = [];
  /** How often it was asked for counts; each time stands for a second. */
  #seconds = 0;
  #counts = (seconds: number): CallStatistics => ({
    atMs: seconds * 1000,
    links: [],
    sending: { layers: [], sent: [], hardware: false, mostFramesPerSecond: null },
    passedOn: 0,
  });
  /** What is too much; a test sets it. */
  strain: Strain = { machine: false, links: false };
  #certificates = 1;
  readonly #reports = new Emitter<MediaReport>();
  readonly #localChanged = new Emitter<void>();
  readonly #remoteChanged = new Emitter<void>();
  readonly #remotes = new Map<MemberId, RemoteMedia>();
  readonly #levels = new Map<MemberId | "self", number>();
  readonly #passedBy = new Map<MemberId, PassedBy>();
  #camera: MediaStream | null = null;
  #local: LocalMedia = {
    microphone: device("microphone", true),
    camera: device("camera", true),
    speaker: { choices: device("speaker", true).choices, chosen: null },
    screen: { on: false, starting: false, problem: null },
    cameraStream: null,
    screenStream: null,
  };

  readonly media: CallMedia = {
    local: () => this.#local,
    subscribeLocal: (listener) => this.#localChanged.subscribe(listener),
    remote: (member) => this.#remotes.get(member) ?? NOTHING,
    passedBy: (member) => this.#passedBy.get(member) ?? { camera: null, screen: null },
    allowPassing: (choice) => void this.calls.push(`passing:${choice}`),
    subscribeRemote: (listener) => this.#remoteChanged.subscribe(listener),
    show: () => () => undefined,
    prepare: () => this.#prepare(),
    setMicrophone: (on) => this.#switch("microphone", on),
    setCamera: (on) => this.#switch("camera", on),
    treatSound: (treatment) => {
      this.calls.push(`treat:${Object.values(treatment).map(Number).join("")}`);
      return Promise.resolve();
    },
    startScreen: () => this.#share(),
    stopScreen: () => this.change({ screen: { ...this.#local.screen, on: false }, screenStream: null }),
    choose: (kind, id) => this.#choose(kind, id),
    level: (of) => this.#levels.get(of) ?? 0,
    statistics: () => Promise.resolve(this.#counts(1).links),
    callStatistics: () => {
      this.calls.push("callStatistics");
      this.#seconds++;
      return Promise.resolve({ ...this.#counts(this.#seconds), atMs: this.#seconds * 1000 });
    },
    strain: () => this.strain,
    release: () => {
      this.calls.push("release");
      this.change({ cameraStream: null });
    },
  };

  apply(directive: MediaDirective): void {
    this.directives.push(directive);
  }

  subscribeReports(listener: (report: MediaReport) => void): () => void {
    return this.#reports.subscribe(listener);
  }

  report(report: MediaReport): void {
    this.#reports.emit(report);
  }

  fingerprint(): Promise<Fingerprint> {
    return Promise.resolve(String(this.#certificates % 10).repeat(64) as Fingerprint);
  }

  end(): void {
    this.calls.push("end");
  }

  renew(): void {
    this.calls.push("renew");
    this.#certificates++;
  }

  attachKeys(): void {
    this.calls.push("attachKeys");
  }

  reset(): void {
    this.calls.push("reset");
  }

  change(changes: Partial<LocalMedia>): void {
    this.#local = { ...this.#local, ...changes };
    this.#localChanged.emit();
  }

  setLevel(of: MemberId | "self", level: number): void {
    this.#levels.set(of, level);
  }

  /** From now on the call counts like this, so many seconds after it began. */
  count(counts: (seconds: number) => CallStatistics): void {
    this.#counts = counts;
  }

  /** Gives a member painted pictures of the kinds named, and silence for a microphone. */
  paint(member: MemberId, kinds: readonly MediaKind[]): void {
    const picture = (kind: "camera" | "screen"): MediaStream | null =>
      kinds.includes(kind) ? paintedStream(member, kind) : null;
    const microphone = kinds.includes("microphone") ? new MediaStream() : null;
    this.#remotes.set(member, { microphone, camera: picture("camera"), screen: picture("screen") });
    this.#remoteChanged.emit();
  }

  /** From now on somebody passes on this member's pictures. */
  pass(member: MemberId, by: MemberId): void {
    this.#passedBy.set(member, { camera: by, screen: by });
    this.#remoteChanged.emit();
  }

  #prepare(): Promise<void> {
    this.calls.push("prepare");
    if (this.#local.camera.on) this.#openCamera();
    return Promise.resolve();
  }

  #openCamera(): void {
    this.#camera ??= paintedStream("self", "camera");
    this.change({ cameraStream: this.#camera });
  }

  #switch(kind: "microphone" | "camera", on: boolean): Promise<void> {
    this.calls.push(`${kind}:${String(on)}`);
    this.change({ [kind]: { ...this.#local[kind], on, problem: null } });
    if (kind === "camera" && on) this.#openCamera();
    if (kind === "camera" && !on) this.change({ cameraStream: null });
    return Promise.resolve();
  }

  #share(): Promise<void> {
    this.change({
      screen: { on: true, starting: false, problem: null },
      screenStream: paintedStream("self", "screen"),
    });
    return Promise.resolve();
  }

  #choose(kind: DeviceKind, id: string): Promise<void> {
    this.calls.push(`choose:${kind}:${id}`);
    this.change({ [kind]: { ...this.#local[kind], chosen: id } });
    return Promise.resolve();
  }
}
