/** As much of an encoded frame as is used here. */
export interface EncodedFrame {
  data: ArrayBuffer;
}

/** Decides about one frame: changes it and says `true` to pass it on, or `false` to drop it. */
export interface FrameHandler {
  handle(frame: EncodedFrame): Promise<boolean>;
  /** A frame was dropped unread: too many were waiting, or the stream failed on it. */
  lost(): void;
}

/** Frames of one stream that may be in work at one time: over a second of video. */
export const MAX_WAITING = 32;

/**
 * Carries frames from one stream to another through a handler, in order, though handling takes time.
 * Ends when the source does. A frame whose handling fails is dropped.
 */
export async function carryFrames<Frame extends EncodedFrame>(
  from: ReadableStream<Frame>,
  to: WritableStream<Frame>,
  handler: FrameHandler,
): Promise<void> {
  const reader = from.getReader();
  const writer = to.getWriter();
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  const carry = async (frame: Frame): Promise<void> => {
    try {
      if (await handler.handle(frame)) await writer.write(frame);
    } catch {
      handler.lost();
    } finally {
      waiting--;
    }
  };
  for (;;) {
    const next = await reader.read();
    if (next.done) break;
    if (waiting >= MAX_WAITING) {
      handler.lost();
      continue;
    }
    waiting++;
    last = last.then(() => carry(next.value));
  }
  await last;
}
