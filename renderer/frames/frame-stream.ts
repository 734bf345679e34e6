/** As much of an encoded frame as is used here. */
export interface EncodedFrame {
  data: ArrayBuffer;
}

/** Decides about one frame: changes it and says `true` to pass it on, or `false` to drop it. */
export interface FrameHandler<Frame extends EncodedFrame = EncodedFrame> {
  /**
   * Begins with the frame at once, so that one does not wait for the encryption of the last; what depends on the order of
   * frames comes after `turn`, which ends when the last frame is done with.
   */
  handle(frame: Frame, turn?: Promise<void>): Promise<boolean>;
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
  handler: FrameHandler<Frame>,
): Promise<void> {
  const reader = from.getReader();
  const writer = to.getWriter();
  let waiting = 0;
  let turn: Promise<void> = Promise.resolve();
  const carry = async (frame: Frame, before: Promise<void>): Promise<void> => {
    try {
      const passes = await handler.handle(frame, before);
      await before;
      if (passes) await writer.write(frame);
    } catch {
      handler.lost();
      await before;
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
    turn = carry(next.value, turn);
  }
  await turn;
}
