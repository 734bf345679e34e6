const TICK_SIDE = 32;
const GREY = new Uint8Array((TICK_SIDE * TICK_SIDE * 3) / 2).fill(128);

/**
 * A picture that costs next to nothing to encode. Made from its bytes each time: a frame made of another frame keeps that
 * one's time inside Chromium, and the other side would play the pictures at the wrong moments.
 */
function tickFrame(timestamp: number): VideoFrame {
  return new VideoFrame(GREY, { format: "I420", codedWidth: TICK_SIDE, codedHeight: TICK_SIDE, timestamp });
}

/** Writes a tick of a given time, in microseconds, to the track of a link's encoder. */
export function tickWriter(ticks: WritableStream<VideoFrame>): (timestamp: number) => void {
  const writer = ticks.getWriter();
  return (timestamp) => {
    const frame = tickFrame(timestamp);
    // Fails when the link is closed: nobody takes the frame over then.
    writer.write(frame).catch(() => frame.close());
  };
}
