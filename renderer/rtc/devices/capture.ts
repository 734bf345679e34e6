import { usualTreatment, type SoundTreatment } from "../../../core/contract/settings.ts";
import type { DeviceProblem } from "../call-media.ts";
import {
  isTreated,
  pictureConstraints,
  sameTreatment,
  soundConstraints,
  type CameraSize,
  type CaptureKind,
} from "./constraints.ts";
import { deviceProblem } from "./device-error.ts";

export interface CaptureState {
  readonly on: boolean;
  readonly starting: boolean;
  readonly problem: DeviceProblem | null;
  readonly chosen: string | null;
  readonly track: MediaStreamTrack | null;
}

export interface CaptureOptions {
  readonly kind: CaptureKind;
  readonly devices: MediaDevices;
  readonly onChange: () => void;
}

/** One microphone or camera: opened, closed and replaced one step at a time, so that quick presses cannot cross. */
export class Capture {
  readonly #options: CaptureOptions;
  #state: CaptureState = { on: true, starting: false, problem: null, chosen: null, track: null };
  /** Whether the device may be held at all; outside a preview or call it may not. */
  #held = false;
  /** The choice that the open track was made for, to see when it must be opened again. */
  #openedFor: string | null = null;
  /** How one's sound is wished to be treated, and how that of the open track is; they differ while something is to be done. */
  #treatment: SoundTreatment = usualTreatment;
  #treated: SoundTreatment = usualTreatment;
  /** How large a camera's picture is wished for, and what the open camera was asked for last. */
  #size: CameraSize = "usual";
  #sized: CameraSize = "usual";
  #work: Promise<void> = Promise.resolve();

  constructor(options: CaptureOptions) {
    this.#options = options;
  }

  get state(): CaptureState {
    return this.#state;
  }

  /** Takes the device, if it is on. */
  hold(): Promise<void> {
    this.#held = true;
    return this.#settle();
  }

  /** Lets the device go, at once. */
  release(): void {
    this.#held = false;
    this.#stop();
    this.#set({ problem: null });
  }

  set(on: boolean): Promise<void> {
    this.#held ||= on;
    this.#set({ on, problem: null });
    // A microphone goes silent at once, whatever else is being done with it.
    this.#mute(this.#state.track);
    return this.#settle();
  }

  choose(id: string | null): Promise<void> {
    this.#set({ chosen: id, problem: null });
    return this.#settle();
  }

  /** Treats a microphone's sound so from now on; one that cannot change while it is open is opened again. */
  treat(treatment: SoundTreatment): Promise<void> {
    // The same wish comes with every snapshot: only another one may touch a microphone that is open.
    if (!sameTreatment(this.#treatment, treatment)) this.#treatment = treatment;
    return this.#settle();
  }

  /** Asks a camera for a picture of this size; one that is open goes on meanwhile, and gives what it can. */
  resize(size: CameraSize): Promise<void> {
    this.#size = size;
    return this.#settle();
  }

  /** Devices came or went: one that was missing may be there now. */
  retry(): Promise<void> {
    const { problem } = this.#state;
    return problem === "none-found" || problem === "unplugged" ? this.#settle() : Promise.resolve();
  }

  #settle(): Promise<void> {
    this.#work = this.#work.then(() => this.#step());
    return this.#work;
  }

  async #step(): Promise<void> {
    const { on, chosen, track } = this.#state;
    if (!this.#held || (!on && this.#options.kind === "camera")) return this.#stop();
    if (!on) return;
    if (track === null || this.#openedFor !== chosen) await this.#open();
    else if (this.#options.kind === "camera") await this.#scale(track);
    else if (this.#treated !== this.#treatment) await this.#adjust(track);
  }

  /** Opens the chosen device, or the system's default where the chosen one is gone. */
  async #open(): Promise<void> {
    const { chosen, problem: before } = this.#state;
    this.#set({ starting: true });
    try {
      const track = await this.#capture(chosen);
      if (this.#isWanted(chosen)) this.#use(track, chosen);
      else track.stop();
      this.#set({ starting: false, problem: null });
    } catch (cause) {
      this.#stop();
      const problem = deviceProblem(cause);
      if (problem === "unplugged" && chosen !== null && this.#state.chosen === chosen) {
        this.#set({ chosen: null, problem });
        return this.#open();
      }
      // "None there" after one was pulled out means that there is no other.
      this.#set({ starting: false, problem: before === "unplugged" && problem === "none-found" ? before : problem });
    }
  }

  async #adjust(track: MediaStreamTrack): Promise<void> {
    const treatment = this.#treatment;
    // Whatever the browser says to it, what holds afterwards counts.
    await track.applyConstraints(soundConstraints(this.#openedFor, treatment)).catch(() => undefined);
    if (isTreated(track.getSettings(), treatment)) this.#treated = treatment;
    else if (this.#state.track === track) await this.#open();
  }

  async #scale(track: MediaStreamTrack): Promise<void> {
    if (this.#sized === this.#size) return;
    this.#sized = this.#size;
    // A camera that will not change goes on as it is.
    await track.applyConstraints(pictureConstraints(this.#openedFor, this.#size)).catch(() => undefined);
    this.#options.onChange();
  }

  async #capture(chosen: string | null): Promise<MediaStreamTrack> {
    const { kind, devices } = this.#options;
    const treatment = this.#treatment;
    const size = this.#size;
    const asked =
      kind === "camera" ? { video: pictureConstraints(chosen, size) } : { audio: soundConstraints(chosen, treatment) };
    const stream = await devices.getUserMedia(asked);
    const [track] = stream.getTracks();
    if (track === undefined) throw new DOMException("no track", "NotFoundError");
    this.#treated = treatment;
    this.#sized = size;
    return track;
  }

  #use(track: MediaStreamTrack, chosen: string | null): void {
    const previous = this.#state.track;
    this.#openedFor = chosen;
    // Only a device that goes away by itself ends its track with an event.
    track.addEventListener("ended", () => this.#onEnded(track));
    this.#mute(track);
    this.#set({ track });
    previous?.stop();
  }

  /** Much may have happened while the device was opening. */
  #isWanted(chosen: string | null): boolean {
    return this.#held && this.#state.chosen === chosen && (this.#state.on || this.#options.kind === "microphone");
  }

  #onEnded(track: MediaStreamTrack): void {
    if (this.#state.track !== track) return;
    this.#set({ track: null, chosen: null, problem: "unplugged" });
    void this.#settle();
  }

  /**
   * A muted microphone stays open and sends silence: packets of the same size at the same rate, so that the wire does not
   * show who is muted, and speaking again takes no time. A camera that is off is let go and its light goes out.
   */
  #mute(track: MediaStreamTrack | null): void {
    if (this.#options.kind === "microphone" && track !== null) track.enabled = this.#state.on;
  }

  #stop(): void {
    const { track } = this.#state;
    if (track === null) return;
    track.stop();
    this.#set({ track: null });
  }

  #set(change: Partial<CaptureState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange();
  }
}
