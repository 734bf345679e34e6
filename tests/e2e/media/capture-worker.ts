import type { TransformOptions } from "../../../renderer/frames/messages.ts";

export interface CapturedFrame {
  readonly kind: string;
  readonly bytes: readonly number[];
}

interface Transformer {
  readonly options: TransformOptions;
  readonly readable: ReadableStream<{ data: ArrayBuffer }>;
}

/** Frames kept of each kind. */
const MOST = 40;
const captured: CapturedFrame[] = [];

async function record({ options, readable }: Transformer): Promise<void> {
  const reader = readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const kept = captured.filter(({ kind }) => kind === options.kind).length;
    if (kept < MOST) captured.push({ kind: options.kind, bytes: [...new Uint8Array(value.data)] });
  }
}

addEventListener("rtctransform", (event) => {
  const { transformer } = event as Event & { transformer: Transformer };
  if (transformer.options.direction === "receive") void record(transformer);
});

addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  if (data === "captured") postMessage(captured);
});
