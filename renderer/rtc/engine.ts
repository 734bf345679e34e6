import { Emitter } from "../../core/base/emitter.ts";
import type { MediaDirective, MediaReport } from "../../core/contract/media-messages.ts";
import type { MemberId } from "../../core/contract/parts.ts";
import type { Wish } from "../../core/contract/wish.ts";
import { MediaLinks, type OpenedLink } from "../../core/media/links.ts";
import { createPeerFactory } from "../../core/media/peer.ts";
import type { Word } from "../../core/media/signals.ts";
import { slotKinds } from "../../core/media/slots.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { WorkerCounts } from "../frames/messages.ts";
import type { CallStatistics } from "./call-media.ts";
import { CameraRoom } from "./camera-room.ts";
import { createCertificate, type PageCertificate } from "./certificate.ts";
import { pageClock } from "./clock.ts";
import { LocalDevices } from "./devices/local-devices.ts";
import { FramesClient } from "./frames-client.ts";
import { Incoming } from "./incoming.ts";
import { Levels } from "./levels.ts";
import { LinkEstimates } from "./link-estimates.ts";
import { Outgoing } from "./outgoing.ts";
import { PassingOn } from "./passing-on.ts";
import type { PictureSending } from "./picture-sending.ts";
import { PlainPictures } from "./plain-pictures.ts";
import { canEncodeOnce } from "./raw-pictures.ts";
import { SharedPictures } from "./shared-pictures.ts";
import { sendingStatistics } from "./sending-statistics.ts";
import { SoundRepair } from "./sound-repair.ts";
import { countLink, type LinkCounts, type PassedCamera } from "./statistics.ts";
import { Viewing } from "./viewing.ts";
import { warmUp } from "./warm-up.ts";
import { WordPace } from "./word-pace.ts";

export interface CallMediaOptions {
  readonly clock?: Clock;
  /** Starts the frames worker; another one only in tests. */
  readonly createWorker?: () => Worker;
  /** Whether pictures are encoded once for all links or by each link; by default once, where the browser can. */
  readonly encode?: "once" | "each";
}

function startWorker(): Worker {
  return new Worker(new URL("../frames/worker.ts", import.meta.url), { type: "module", name: "frames" });
}

/** Everything between the screens and WebRTC: owns the links and joins devices, streams and the frames worker to them. */
export class Engine {
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
  readonly #wishes: WordPace<MemberId, Wish>;
  readonly #cameraRoom: CameraRoom;
  readonly passing: PassingOn;
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
      onPassing: (news) => this.passing.take(news),
      onSource: (of, source) => this.incoming.setSource(of, source),
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
    this.viewing = new Viewing({ clock, tell: (member, wish) => this.#say(member, { type: "wish", ...wish }) });
    this.passing = new PassingOn({
      clock,
      frames: this.frames,
      say: (member, word) => this.#say(member, word),
      canCarry: once,
    });
    document.addEventListener("visibilitychange", () => this.viewing.setVisible(!document.hidden));
    this.#cameraRoom = new CameraRoom({
      clock,
      resize: (size) => void this.devices.sizeCamera(size),
      mostFramesPerSecond: async () => (await this.frames.counts()).sending.mostFramesPerSecond,
    });
    this.#wishes = new WordPace(clock, (member, wish) => {
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
    const counts = await this.frames.counts();
    const { sending } = counts;
    const all = (this.#links?.members() ?? []).map((member) => this.#countsOf(member, counts));
    const counted = (await Promise.all(all)).filter((counts) => counts !== null);
    const own = this.#pictures.direction === "carry" ? sending : null;
    return {
      atMs: this.#clock.elapsed(),
      links: counted.map(({ link }) => link),
      sending: await sendingStatistics(own, counted),
      passedOn: this.passing.copies,
    };
  }

  async #countsOf(member: MemberId, { streams, passed }: WorkerCounts): Promise<LinkCounts | null> {
    const link = this.#links?.get(member) ?? null;
    if (link === null) return null;
    const counts = streams.filter((count) => count.member === member);
    const slots = this.incoming.slots(member);
    const later = passed.find(({ origin, kind }) => origin === member && kind === "camera");
    return countLink({ member, link, slots, counts, passed: this.#passedCamera(member, later?.ageMs ?? 0) });
  }

  #passedCamera(member: MemberId, laterMs: number): PassedCamera | null {
    const { camera: by } = this.incoming.passedBy(member);
    const link = by === null ? null : (this.#links?.get(by) ?? null);
    if (by === null || link === null) return null;
    return { by, link, mid: this.incoming.cameraMid(member), laterMs };
  }

  #start(certificate: RTCCertificate): void {
    this.#links = new MediaLinks({
      clock: this.#clock,
      createPeer: createPeerFactory({ webrtc: globalThis, certificate }),
      report: (report) => this.#report(report),
      onSlots: (link) => this.#join(link),
      onClosed: (member) => this.#part(member),
      onWord: (member, word) => this.#hear(member, word),
    });
    for (const directive of this.#waiting.splice(0)) this.#links.apply(directive);
  }

  #say(member: MemberId, word: Word): void {
    this.#links?.get(member)?.say(word);
  }

  #hear(member: MemberId, word: Word): void {
    if (word.type === "wish") this.#wishes.hear(member, { camera: word.camera, screen: word.screen });
    else this.passing.hear(member, word);
  }

  #report(report: MediaReport): void {
    if (report.type === "link-state" && report.state === "connected") {
      const { member, generation } = report;
      this.#pictures.linkUp(member, { again: this.#connected.get(member) === generation });
      this.#estimates.linkUp(member);
      this.viewing.linkUp(member, generation);
      this.levels.linkUp();
      this.passing.linkUp(member);
      this.#connected.set(member, generation);
    }
    this.reports.emit(report);
  }

  /** The transforms come first: no frame may pass a stream that has none. */
  #join({ member, generation, slots }: OpenedLink): void {
    for (const kind of slotKinds) {
      const { sender, receiver } = slots[kind];
      const direction = kind === "microphone" ? "send" : this.#pictures.direction;
      sender.transform = this.frames.transform({ member, generation, direction, kind });
      receiver.transform = this.frames.transform({ member, generation, direction: "receive", kind });
    }
    this.#wishes.forget(member);
    this.#repair.forget(member);
    this.passing.attach({ member, generation, slots });
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
    this.passing.detach(member);
    this.frames.forgetMember(member);
  }
}
