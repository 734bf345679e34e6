/**
 * Raw pictures to and from tracks (Insertable streams for MediaStreamTrack). Chromium has both in windows, where
 * TypeScript's types, which follow the newer draft, do not know them.
 */
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}

interface TrackGenerator extends MediaStreamTrack {
  readonly writable: WritableStream<VideoFrame>;
}

interface RawPicturePlatform {
  readonly MediaStreamTrackProcessor?: new (init: { track: MediaStreamTrack; maxBufferSize: number }) => TrackProcessor;
  readonly MediaStreamTrackGenerator?: new (init: { kind: "video" }) => TrackGenerator;
  readonly VideoEncoder?: unknown;
}

const platform = globalThis as RawPicturePlatform;

/** Whether this browser has all that encoding once needs. Without it each link encodes for itself. */
export function canEncodeOnce(): boolean {
  return (
    platform.MediaStreamTrackProcessor !== undefined &&
    platform.MediaStreamTrackGenerator !== undefined &&
    platform.VideoEncoder !== undefined
  );
}

/** The frames of a track; the latest one replaces one that was not fetched. Throws where the browser has no way. */
export function framesOf(track: MediaStreamTrack): ReadableStream<VideoFrame> {
  if (platform.MediaStreamTrackProcessor === undefined) throw new DOMException("no raw frames", "NotSupportedError");
  return new platform.MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable;
}

/** A track that shows what is written to it. Throws where the browser has no way. */
export function writableTrack(): { readonly track: MediaStreamTrack; readonly writable: WritableStream<VideoFrame> } {
  if (platform.MediaStreamTrackGenerator === undefined) throw new DOMException("no raw frames", "NotSupportedError");
  const track = new platform.MediaStreamTrackGenerator({ kind: "video" });
  // Its encoder must never leave out a frame to save time.
  track.contentHint = "motion";
  return { track, writable: track.writable };
}
