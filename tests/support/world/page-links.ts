import type { MediaDirective, MediaReport } from "../../../core/contract/media-messages.ts";
import type { Fingerprint, MemberId } from "../../../core/contract/parts.ts";
import { CONNECT_LIMIT_MS } from "../../../core/media/link.ts";
import type { Clock } from "../../../core/ports/clock.ts";

interface PageLink {
  readonly generation: number;
  readonly initiator: boolean;
  readonly fingerprint: Fingerprint;
  connected: boolean;
}

/** The media links of a page that carries no media: an offer and an answer go through the host, then both ends are connected. */
export class PageLinks {
  readonly #report: (report: MediaReport) => void;
  readonly #clock: Clock;
  #links = new Map<MemberId, PageLink>();
  #early: Extract<MediaDirective, { type: "signal" }>[] = [];

  constructor(clock: Clock, report: (report: MediaReport) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  forget(): void {
    this.#links = new Map();
    this.#early = [];
  }

  take(directive: MediaDirective): void {
    if (directive.type === "open-link") this.#open(directive);
    else if (directive.type === "close-link") this.#links.delete(directive.member);
    else this.#signal(directive);
  }

  connected(member: MemberId): boolean {
    return this.#links.get(member)?.connected ?? false;
  }

  generation(member: MemberId): number {
    return this.#links.get(member)?.generation ?? 0;
  }

  /** The certificate that the link to somebody was made for. */
  fingerprint(member: MemberId): Fingerprint | null {
    return this.#links.get(member)?.fingerprint ?? null;
  }

  get size(): number {
    return this.#links.size;
  }

  /** The link to somebody breaks and is given up. */
  lose(member: MemberId): void {
    const link = this.#links.get(member);
    if (link === undefined) throw new Error("no such link");
    link.connected = false;
    this.#tell(member, link, "lost");
  }

  #open({ member, generation, initiator, fingerprint }: Extract<MediaDirective, { type: "open-link" }>): void {
    const present = this.#links.get(member);
    if (present !== undefined && present.generation >= generation) return;
    const link = { generation, initiator, fingerprint, connected: false };
    this.#links.set(member, link);
    this.#clock.after(CONNECT_LIMIT_MS, () => {
      if (this.#links.get(member) === link && !link.connected) this.#tell(member, link, "lost");
    });
    if (initiator) this.#report({ type: "signal", member, generation, data: "offer" });
    const early = this.#early.filter((signal) => signal.member === member && signal.generation === generation);
    this.#early = this.#early.filter((signal) => !early.includes(signal));
    for (const signal of early) this.#signal(signal);
  }

  #signal(signal: Extract<MediaDirective, { type: "signal" }>): void {
    const { member, generation, data } = signal;
    const link = this.#links.get(member);
    if (link === undefined || generation > link.generation) return void this.#early.push(signal);
    if (generation < link.generation) return;
    if (data === "offer" && !link.initiator) this.#report({ type: "signal", member, generation, data: "answer" });
    link.connected = true;
    this.#tell(member, link, "connected");
  }

  #tell(member: MemberId, link: PageLink, state: "connected" | "lost"): void {
    const path = state === "connected" ? "direct" : "none";
    this.#report({ type: "link-state", member, generation: link.generation, state, path });
  }
}
