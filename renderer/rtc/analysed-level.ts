import type { Ending } from "../../core/base/scope.ts";
import type { Clock } from "../../core/ports/clock.ts";

/** Without a question for this long the sound graph is put to rest, in ms. */
const REST_AFTER_MS = 1500;

interface Graph {
  readonly track: MediaStreamTrack;
  readonly context: AudioContext;
  readonly analyser: AnalyserNode;
  readonly samples: Float32Array<ArrayBuffer>;
}

function build(track: MediaStreamTrack): Graph {
  // Nothing is played, and nobody waits for it: large steps, and no way to a speaker.
  const context = new AudioContext({ latencyHint: "playback", sinkId: { type: "none" } } as AudioContextOptions);
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  return { track, context, analyser, samples: new Float32Array(analyser.fftSize) };
}

/** The level of a track that no link sends yet: the preview's. A sound graph lives only while somebody looks at it. */
export class AnalysedLevel {
  readonly #clock: Clock;
  #graph: Graph | null = null;
  #rest: Ending = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  of(track: MediaStreamTrack | null): number {
    if (track !== this.#graph?.track) this.#discard();
    if (track === null) return 0;
    this.#graph ??= build(track);
    this.#rest();
    this.#rest = this.#clock.after(REST_AFTER_MS, () => this.#discard());
    const { analyser, samples } = this.#graph;
    analyser.getFloatTimeDomainData(samples);
    return Math.min(
      1,
      samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0),
    );
  }

  #discard(): void {
    this.#rest();
    // Closing fails only when it is closed already.
    this.#graph?.context.close().catch(() => undefined);
    this.#graph = null;
  }
}
