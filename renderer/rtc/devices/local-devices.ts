import { Emitter } from "../../../core/base/emitter.ts";
import type { Ending } from "../../../core/base/scope.ts";
import type { MediaKind } from "../../../core/contract/parts.ts";
import type { SoundTreatment } from "../../../core/contract/settings.ts";
import type { DeviceKind, LocalDevice, LocalMedia } from "../call-media.ts";
import { Capture } from "./capture.ts";
import type { CameraSize } from "./constraints.ts";
import { chosenId, listChoices, NO_CHOICES, type Choices } from "./choices.ts";
import { ScreenCapture } from "./screen-capture.ts";

export type LocalTracks = Readonly<Record<MediaKind, MediaStreamTrack | null>>;

/** A stream that shows one track, made anew only when the track is another. */
class TrackStream {
  #track: MediaStreamTrack | null = null;
  #stream: MediaStream | null = null;

  of(track: MediaStreamTrack | null): MediaStream | null {
    if (track !== this.#track) this.#stream = track === null ? null : new MediaStream([track]);
    this.#track = track;
    return this.#stream;
  }
}

/** This person's own devices. Microphone and camera are opened apart: one that fails never holds up the other. */
export class LocalDevices {
  readonly #devices: MediaDevices;
  readonly #microphone: Capture;
  readonly #camera: Capture;
  readonly #screen: ScreenCapture;
  readonly #changes = new Emitter<void>();
  readonly #cameraStream = new TrackStream();
  readonly #screenStream = new TrackStream();
  #choices: Choices = NO_CHOICES;
  #speaker: string | null = null;
  #picture: LocalMedia | null = null;

  constructor(devices: MediaDevices) {
    const onChange = (): void => this.#changed();
    this.#devices = devices;
    this.#microphone = new Capture({ kind: "microphone", devices, onChange });
    this.#camera = new Capture({ kind: "camera", devices, onChange });
    this.#screen = new ScreenCapture(devices, onChange);
    devices.addEventListener("devicechange", () => void this.#onDeviceChange());
  }

  tracks(): LocalTracks {
    return {
      microphone: this.#microphone.state.track,
      camera: this.#camera.state.track,
      screen: this.#screen.state.track,
    };
  }

  picture(): LocalMedia {
    this.#picture ??= this.#draw();
    return this.#picture;
  }

  subscribe(listener: () => void): Ending {
    return this.#changes.subscribe(listener);
  }

  async prepare(): Promise<void> {
    await Promise.all([this.#microphone.hold(), this.#camera.hold()]);
    await this.#refreshChoices();
  }

  async setMicrophone(on: boolean): Promise<void> {
    await this.#microphone.set(on);
    await this.#refreshChoices();
  }

  async setCamera(on: boolean): Promise<void> {
    await this.#camera.set(on);
    await this.#refreshChoices();
  }

  /** How large a picture is asked of the camera from now on, also of the one that is open. */
  sizeCamera(size: CameraSize): Promise<void> {
    return this.#camera.resize(size);
  }

  treatSound(treatment: SoundTreatment): Promise<void> {
    return this.#microphone.treat(treatment);
  }

  startScreen(): Promise<void> {
    return this.#screen.start();
  }

  stopScreen(): void {
    this.#screen.stop();
  }

  async choose(kind: DeviceKind, id: string): Promise<void> {
    if (kind === "microphone") await this.#microphone.choose(chosenId(id));
    else if (kind === "camera") await this.#camera.choose(chosenId(id));
    else this.#speaker = chosenId(id);
    this.#changed();
  }

  release(): void {
    this.#microphone.release();
    this.#camera.release();
    this.#screen.stop();
  }

  async #onDeviceChange(): Promise<void> {
    await this.#refreshChoices();
    await Promise.all([this.#microphone.retry(), this.#camera.retry()]);
  }

  async #refreshChoices(): Promise<void> {
    this.#choices = await listChoices(this.#devices);
    if (!this.#choices.speaker.some(({ id }) => id === this.#speaker)) this.#speaker = null;
    this.#changed();
  }

  #changed(): void {
    this.#picture = null;
    this.#changes.emit();
  }

  #draw(): LocalMedia {
    const { track, starting, problem } = this.#screen.state;
    return {
      microphone: this.#device(this.#microphone, "microphone"),
      camera: this.#device(this.#camera, "camera"),
      speaker: { choices: this.#choices.speaker, chosen: this.#speaker },
      screen: { on: track !== null, starting, problem },
      cameraStream: this.#cameraStream.of(this.#camera.state.track),
      screenStream: this.#screenStream.of(track),
    };
  }

  #device(capture: Capture, kind: "microphone" | "camera"): LocalDevice {
    const { on, starting, problem, chosen } = capture.state;
    return { on, starting, problem, chosen, choices: this.#choices[kind] };
  }
}
