import type { DeviceProblem } from "../call-media.ts";
import { SCREEN } from "./constraints.ts";
import { screenProblem } from "./device-error.ts";

export interface ScreenState {
  readonly starting: boolean;
  readonly problem: DeviceProblem | null;
  readonly track: MediaStreamTrack | null;
}

/** Sharing of a screen or window, which the person picks each time in the system's own dialog. */
export class ScreenCapture {
  readonly #devices: MediaDevices;
  readonly #onChange: () => void;
  #state: ScreenState = { starting: false, problem: null, track: null };
  #attempt = 0;

  constructor(devices: MediaDevices, onChange: () => void) {
    this.#devices = devices;
    this.#onChange = onChange;
  }

  get state(): ScreenState {
    return this.#state;
  }

  async start(): Promise<void> {
    if (this.#state.starting || this.#state.track !== null) return;
    const attempt = ++this.#attempt;
    this.#set({ starting: true, problem: null });
    try {
      const [track] = (await this.#devices.getDisplayMedia(SCREEN)).getVideoTracks();
      if (attempt !== this.#attempt) track?.stop();
      else this.#use(track ?? null);
    } catch (cause) {
      if (attempt === this.#attempt) this.#set({ starting: false, problem: screenProblem(cause) });
    }
  }

  /** Also takes back a start whose picker is still open. */
  stop(): void {
    this.#attempt++;
    this.#state.track?.stop();
    this.#set({ starting: false, problem: null, track: null });
  }

  #use(track: MediaStreamTrack | null): void {
    if (track !== null) {
      track.contentHint = "detail";
      // The system's own "stop sharing" button.
      track.addEventListener("ended", () => {
        if (this.#state.track === track) this.stop();
      });
    }
    this.#set({ starting: false, track });
  }

  #set(change: Partial<ScreenState>): void {
    this.#state = { ...this.#state, ...change };
    this.#onChange();
  }
}
