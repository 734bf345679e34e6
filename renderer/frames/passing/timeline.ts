const RTP_PER_MS = 90;

/** The times of one picture stream in microseconds, from the RTP timestamps of whichever path it comes by. */
export class Timeline {
  readonly #elapsed: () => number;
  #path: unknown = null;
  #rtp = 0;
  #timestamp = 0;
  #at = 0;

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  /** The time of a picture that came by `path`; after another path the time goes on as it passed here. */
  next(path: unknown, rtpTimestamp: number): number {
    const now = this.#elapsed();
    const passedMs = path === this.#path ? ((rtpTimestamp - this.#rtp) | 0) / RTP_PER_MS : Math.max(1, now - this.#at);
    this.#path = path;
    this.#rtp = rtpTimestamp;
    this.#at = now;
    this.#timestamp += Math.round(passedMs * 1000);
    return this.#timestamp;
  }
}
