/** A track that a test can end. */
export class FakeTrack extends EventTarget {
  readonly deviceId: string | null;
  enabled = true;
  stopped = false;
  /** What was asked of it last. */
  constraints: MediaTrackConstraints = {};
  /** Whether it changes how it treats sound while it is open. */
  pliant = true;

  constructor(deviceId: string | null) {
    super();
    this.deviceId = deviceId;
  }

  applyConstraints(constraints: MediaTrackConstraints): Promise<void> {
    if (!this.pliant) return Promise.reject(new DOMException("no", "OverconstrainedError"));
    this.constraints = constraints;
    return Promise.resolve();
  }

  getSettings(): MediaTrackSettings {
    const { echoCancellation, noiseSuppression, autoGainControl } = this.constraints;
    return {
      echoCancellation: echoCancellation === true,
      noiseSuppression: noiseSuppression === true,
      autoGainControl: autoGainControl === true,
    };
  }

  stop(): void {
    this.stopped = true;
  }

  /** The device is pulled out. */
  unplug(): void {
    this.dispatchEvent(new Event("ended"));
  }
}

interface Asked {
  readonly audio?: MediaTrackConstraints;
  readonly video?: MediaTrackConstraints;
}

/** Devices that open when the test says so, or fail as it says. */
export class FakeDevices {
  readonly opened: FakeTrack[] = [];
  /** The name of the error for a device id, or for the default (""). */
  readonly failures = new Map<string, string>();
  /** Whether the tracks change how they treat sound while they are open. */
  pliant = true;
  /** What opening waits for. */
  gate: Promise<void> = Promise.resolve();

  get asMediaDevices(): MediaDevices {
    return this as unknown as MediaDevices;
  }

  async getUserMedia(asked: Asked): Promise<{ getTracks(): FakeTrack[] }> {
    const { deviceId } = asked.audio ?? asked.video ?? {};
    const id = (deviceId as { exact?: string } | undefined)?.exact ?? null;
    await this.gate;
    const failure = this.failures.get(id ?? "");
    if (failure !== undefined) throw new DOMException(failure, failure);
    const track = new FakeTrack(id);
    track.constraints = asked.audio ?? asked.video ?? {};
    track.pliant = this.pliant;
    this.opened.push(track);
    return { getTracks: () => [track] };
  }
}
