import type { DeviceProblem } from "../call-media.ts";
import { captureConstraints, type CaptureKind } from "./constraints.ts";
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
    this.#applyMute();
    return this.#settle();
  }

  choose(id: string | null): Promise<void> {
    this.#set({ chosen: id, problem: null });
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
    if (!on || (track !== null && this.#openedFor === chosen)) return;
    await this.#open(chosen);
  }

  async #open(chosen: string | null): Promise<void> {
    this.#set({ starting: true });
    try {
      const track = await this.#capture(chosen);
      if (this.#held && this.#state.chosen === chosen) this.#use(track, chosen);
      else track.stop();
      this.#set({ starting: false, problem: null });
    } catch (cause) {
      this.#stop();
      this.#set({ starting: false, problem: deviceProblem(cause) });
      if (chosen !== null && this.#state.problem === "unplugged") await this.#fallBack();
    }
  }

  async #capture(chosen: string | null): Promise<MediaStreamTrack> {
    const { kind, devices } = this.#options;
    const stream = await devices.getUserMedia(captureConstraints(kind, chosen));
    const [track] = stream.getTracks();
    if (track === undefined) throw new DOMException("no track", "NotFoundError");
    return track;
  }

  #use(track: MediaStreamTrack, chosen: string | null): void {
    const previous = this.#state.track;
    this.#openedFor = chosen;
    // Only a device that goes away by itself ends its track with an event.
    track.addEventListener("ended", () => void this.#onEnded(track));
    this.#set({ track });
    this.#applyMute();
    previous?.stop();
    if (!this.#state.on && this.#options.kind === "camera") this.#stop();
  }

  async #onEnded(track: MediaStreamTrack): Promise<void> {
    if (this.#state.track !== track) return;
    this.#set({ track: null, problem: "unplugged" });
    await this.#fallBack();
  }

  /** Tries the system's default in place of a device that is gone; if there is none, the problem stays as it was. */
  async #fallBack(): Promise<void> {
    this.#set({ chosen: null });
    this.#work = this.#work.then(async () => {
      await this.#step();
      const { problem } = this.#state;
      if (problem !== null && problem !== "refused") this.#set({ problem: "unplugged" });
    });
  }

  /**
   * A muted microphone stays open and sends silence: packets of the same size at the same rate, so that the wire does not
   * show who is muted, and speaking again takes no time. A camera that is off is let go and its light goes out.
   */
  #applyMute(): void {
    if (this.#options.kind === "microphone" && this.#state.track !== null) this.#state.track.enabled = this.#state.on;
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
