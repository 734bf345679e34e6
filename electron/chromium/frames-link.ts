import type { Page, Worker } from "playwright-core";

/** Where the bundler puts the frames worker. */
const FRAMES_WORKER = "/assets/frames-worker.js";

export interface FramesLink {
  post(message: unknown): void;
  /** Called once when the worker is gone. */
  onGone(listener: () => void): void;
}

export interface FramesLinkOptions {
  readonly page: Page;
  readonly origin: string;
  readonly keysScript: string;
  readonly onAttach: (link: FramesLink) => void;
}

/** Brings frame keys to the page's frames worker past the page: they go from this process into the worker's own scope. */
export function linkFrames({ page, origin, keysScript, onAttach }: FramesLinkOptions): void {
  page.on("worker", (worker) => {
    if (worker.url() === `${origin}${FRAMES_WORKER}`) onAttach(openLink(worker, keysScript));
  });
}

function openLink(worker: Worker, keysScript: string): FramesLink {
  let waiting: unknown[] = [];
  // One message batch at a time: a key must never be overtaken by the order to use it.
  let last: Promise<unknown> = worker.evaluate(keysScript).catch(() => undefined);
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    await worker.evaluate(`vigilKeys(${JSON.stringify(batch)})`).catch(() => undefined);
  };
  return {
    post(message) {
      waiting.push(message);
      last = last.then(flush);
    },
    onGone: (listener) => void worker.once("close", listener),
  };
}
