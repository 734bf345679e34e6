import type { TransformOptions } from "../../../renderer/frames/messages.ts";

export interface CapturedFrame {
  readonly kind: string;
  readonly bytes: readonly number[];
}

interface Transformer {
  readonly options: TransformOptions;
  readonly readable: ReadableStream<{ data: ArrayBuffer }>;
}

/** Frames kept of each kind, the latest: some seconds of pictures, so that two links that began apart have some in common. */
const MOST = 120;
const captured: CapturedFrame[] = [];

async function record({ options, readable }: Transformer): Promise<void> {
  const reader = readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    captured.push({ kind: options.kind, bytes: [...new Uint8Array(value.data)] });
    const kept = captured.filter(({ kind }) => kind === options.kind).length;
    if (kept > MOST)
      captured.splice(
        captured.findIndex(({ kind }) => kind === options.kind),
        1,
      );
  }
}

addEventListener("rtctransform", (event) => {
  const { transformer } = event as Event & { transformer: Transformer };
  if (transformer.options.direction === "receive") void record(transformer);
});

addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  if (data === "captured") postMessage(captured);
});
