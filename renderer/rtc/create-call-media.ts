import { Emitter } from "../../core/base/emitter.ts";
import type { Ending } from "../../core/base/scope.ts";
import type { MediaDirective, MediaReport } from "../../core/contract/media-messages.ts";
import { mediaKinds, type Fingerprint, type MemberId } from "../../core/contract/parts.ts";
import { MediaLinks, type OpenedLink } from "../../core/media/links.ts";
import type { MediaLink } from "../../core/media/link.ts";
import { createPeerFactory } from "../../core/media/peer.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { FrameCounts } from "../frames/messages.ts";
import type { CallMedia, CallStatistics } from "./call-media.ts";
import { CameraRoom } from "./camera-room.ts";
import { createCertificate, type PageCertificate } from "./certificate.ts";
import { pageClock } from "./clock.ts";
import { LocalDevices } from "./devices/local-devices.ts";
import { FramesClient } from "./frames-client.ts";
import { Incoming } from "./incoming.ts";
import { Levels } from "./levels.ts";
import { LinkEstimates } from "./link-estimates.ts";
import { Outgoing } from "./outgoing.ts";
import type { PictureSending } from "./picture-sending.ts";
import { PlainPictures } from "./plain-pictures.ts";
import { canEncodeOnce } from "./raw-pictures.ts";
import { SharedPictures } from "./shared-pictures.ts";
import { sendingStatistics } from "./sending-statistics.ts";
import { SoundRepair } from "./sound-repair.ts";
import { countLink, type LinkCounts } from "./statistics.ts";
import { Viewing } from "./viewing.ts";
import { warmUp } from "./warm-up.ts";
import { WishPace } from "./wish-pace.ts";

export interface CallMediaOptions {
  readonly clock?: Clock;
  /** Starts the frames worker; another one only in tests. */
  readonly createWorker?: () => Worker;
  /** Whether pictures are encoded once for all links or by each link; by default once, where the browser can. */
  readonly encode?: "once" | "each";
}

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

function startWorker(): Worker {
  return new Worker(new URL("../frames/worker.ts", import.meta.url), { type: "module", name: "frames" });
}

/** Everything between the screens and WebRTC: owns the links and joins devices, streams and the frames worker to them. */
class Engine {
  readonly devices = new LocalDevices(navigator.mediaDevices);
  readonly outgoing: Outgoing;
  readonly incoming = new Incoming();
  readonly reports = new Emitter<MediaReport>();
  readonly levels: Levels;
  readonly frames: FramesClient;
  readonly #pictures: PictureSending;
  readonly #estimates: LinkEstimates;
  readonly #repair: SoundRepair;
  readonly viewing: Viewing;
  readonly #wishes: WishPace;
  readonly #cameraRoom: CameraRoom;
  certificate: Promise<PageCertificate>;
  readonly #clock: Clock;
  /** Null until the certificate is there; directives wait for it in their order. */
  #links: MediaLinks | null = null;
  #waiting: MediaDirective[] = [];
  /** The generation of each member's link that was connected before. */
  readonly #connected = new Map<MemberId, number>();

  constructor({ clock = pageClock, createWorker = startWorker, encode }: CallMediaOptions) {
    this.#clock = clock;
    this.frames = new FramesClient({
      worker: createWorker(),
      clock,
      onKeyFrameWanted: (member, kind) => this.#pictures.makeKeyFrame(member, kind),
      onLevels: (levels) => this.levels.hear(levels),
    });
    const once = (encode ?? "once") === "once" && canEncodeOnce();
    this.#pictures = once ? new SharedPictures(this.frames) : new PlainPictures(clock);
    this.#repair = new SoundRepair(clock, (member, twice) => this.#links?.get(member)?.sendSoundTwice(twice));
    this.#estimates = new LinkEstimates({
      clock,
      statistics: (member) => this.#links?.get(member)?.statistics() ?? null,
      isSoundTwice: (member) => this.#repair.isTwice(member),
      onSoundLoss: (member, loss) => this.#repair.hear(member, loss),
      onEstimate: (member, bitsPerSecond) => this.#pictures.setEstimate(member, bitsPerSecond),
    });
    this.viewing = new Viewing({ clock, tell: (member, wish) => this.#links?.get(member)?.wish(wish) });
    document.addEventListener("visibilitychange", () => this.viewing.setVisible(!document.hidden));
    this.#cameraRoom = new CameraRoom({
      clock,
      resize: (size) => void this.devices.sizeCamera(size),
      mostFramesPerSecond: async () => (await this.frames.counts()).sending.mostFramesPerSecond,
    });
    this.#wishes = new WishPace(clock, (member, wish) => {
      this.#pictures.setWish(member, wish);
      this.#cameraRoom.hear(member, wish);
    });
    const outgoing = new Outgoing({ pictures: this.#pictures, tracks: () => this.devices.tracks() });
    this.outgoing = outgoing;
    this.levels = new Levels({
      clock,
      microphone: () => this.devices.tracks().microphone,
      sender: () => outgoing.anyMicrophone(),
      setOwn: (level) => this.frames.setOwnLevel(level),
    });
    this.devices.subscribe(() => this.outgoing.update());
    this.certificate = this.#certify();
    // Only a help: without it the first link is slower.
    this.certificate.then(() => warmUp(RTCPeerConnection)).catch(() => undefined);
  }

  renew(): void {
    this.reset();
    this.#links = null;
    this.certificate = this.#certify();
  }

  end(): void {
    this.frames.end();
    this.reset();
    this.devices.release();
  }

  #certify(): Promise<PageCertificate> {
    const made = createCertificate(RTCPeerConnection);
    made.then(
      ({ certificate }) => {
        if (this.certificate === made) this.#start(certificate);
      },
      () => undefined,
    );
    return made;
  }

  apply(directive: MediaDirective): void {
    if (this.#links === null) this.#waiting.push(directive);
    else this.#links.apply(directive);
  }

  reset(): void {
    this.#waiting = [];
    this.#links?.closeAll();
  }

  async statistics(): Promise<CallStatistics> {
    const { streams, sending } = await this.frames.counts();
    const links = this.#links;
    const all = (links?.members() ?? []).map((member) => this.#countsOf(member, links?.get(member) ?? null, streams));
    const counted = (await Promise.all(all)).filter((counts) => counts !== null);
    const own = this.#pictures.direction === "carry" ? sending : null;
    return {
      atMs: this.#clock.elapsed(),
      links: counted.map(({ link }) => link),
      sending: await sendingStatistics(own, counted),
    };
  }

  async #countsOf(
    member: MemberId,
    link: MediaLink | null,
    counts: readonly FrameCounts[],
  ): Promise<LinkCounts | null> {
    if (link === null) return null;
    const own = counts.filter((count) => count.member === member);
    return countLink({ member, link, slots: this.incoming.slots(member), counts: own });
  }

  #start(certificate: RTCCertificate): void {
    this.#links = new MediaLinks({
      clock: this.#clock,
      createPeer: createPeerFactory({ webrtc: globalThis, certificate }),
      report: (report) => this.#report(report),
      onSlots: (link) => this.#join(link),
      onClosed: (member) => this.#part(member),
      onWish: (member, wish) => this.#wishes.hear(member, wish),
    });
    for (const directive of this.#waiting.splice(0)) this.#links.apply(directive);
  }

  #report(report: MediaReport): void {
    if (report.type === "link-state" && report.state === "connected") {
      const { member, generation } = report;
      this.#pictures.linkUp(member, { again: this.#connected.get(member) === generation });
      this.#estimates.linkUp(member);
      this.viewing.linkUp(member, generation);
      this.levels.linkUp();
      this.#connected.set(member, generation);
    }
    this.reports.emit(report);
  }

  /** The transforms come first: no frame may pass a stream that has none. */
  #join({ member, generation, slots }: OpenedLink): void {
    for (const kind of mediaKinds) {
      const { sender, receiver } = slots[kind];
      const direction = kind === "microphone" ? "send" : this.#pictures.direction;
      sender.transform = this.frames.transform({ member, generation, direction, kind });
      receiver.transform = this.frames.transform({ member, generation, direction: "receive", kind });
    }
    this.#wishes.forget(member);
    this.#repair.forget(member);
    this.outgoing.attach({ member, generation, slots });
    this.incoming.attach(member, slots);
  }

  #part(member: MemberId): void {
    this.#connected.delete(member);
    this.outgoing.detach(member);
    this.incoming.detach(member);
    this.levels.forget(member);
    this.#estimates.forget(member);
    this.#repair.forget(member);
    this.viewing.forget(member);
    this.#wishes.forget(member);
    this.#cameraRoom.forget(member);
    this.frames.forgetMember(member);
  }
}

function screensView(engine: Engine): CallMedia {
  const { devices, incoming, levels } = engine;
  return {
    local: () => devices.picture(),
    subscribeLocal: (listener) => devices.subscribe(listener),
    remote: (member) => incoming.of(member),
    subscribeRemote: (listener) => incoming.subscribe(listener),
    show: (member, kind, room) => engine.viewing.show(member, kind, room),
    prepare: () => devices.prepare(),
    setMicrophone: (on) => devices.setMicrophone(on),
    setCamera: (on) => devices.setCamera(on),
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
