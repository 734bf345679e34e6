import type { TrunkPort } from "../host/trunk.ts";
import type { FramesLink } from "./frames-link.ts";
import type { HostProcess } from "./host-process.ts";
import type { Attachment } from "./page-link.ts";

/** Keeps one host running for the window: one that died is replaced when a page asks for ports again. */
export class Hosts {
  readonly #start: () => HostProcess;
  #host: HostProcess;
  #stopping = false;
  #frames: { readonly link: FramesLink; port: TrunkPort } | null = null;

  constructor(start: () => HostProcess) {
    this.#start = start;
    this.#host = start();
  }

  attachPage(attachment: Attachment): void {
    const replaced = this.#revive();
    const port = this.#host.attach("attach-page");
    port.listen((message) => attachment.post(message));
    attachment.listen((message) => port.post(message));
    port.onClosed(() => attachment.close());
    attachment.onGone(() => port.close());
    // A worker that outlived the old host needs keys from the new one.
    if (replaced && this.#frames !== null) this.attachFrames(this.#frames.link);
  }

  attachFrames(link: FramesLink): void {
    this.#revive();
    const known = this.#frames?.link === link;
    const port = this.#host.attach("attach-frames");
    port.listen((message) => link.post(message));
    this.#frames = { link, port };
    if (known) return;
    link.onGone(() => {
      if (this.#frames?.link !== link) return;
      this.#frames.port.close();
      this.#frames = null;
    });
  }

  openInvite(link: string): void {
    this.#revive();
    this.#host.openInvite(link);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#host.stop();
  }

  /** True when a new host had to be started. */
  #revive(): boolean {
    if (this.#host.alive || this.#stopping) return false;
    this.#host = this.#start();
    return true;
  }
}
