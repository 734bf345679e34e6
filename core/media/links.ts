import type { LinkState, MediaDirective, MediaReport } from "../contract/media-messages.ts";
import type { MemberId } from "../contract/parts.ts";
import type { Clock } from "../ports/clock.ts";
import { MAX_PATIENCE, MediaLink } from "./link.ts";
import type { CreatePeer } from "./peer.ts";
import type { Slots } from "./slots.ts";
import type { Word } from "./signals.ts";

/** Signals kept for one member until the host opens the link they belong to: one offer and its candidates. */
export const MAX_EARLY_SIGNALS = 40;
/** Members for whom such signals are kept. */
export const MAX_EARLY_MEMBERS = 64;

type OpenLink = Extract<MediaDirective, { type: "open-link" }>;
type SignalDirective = Extract<MediaDirective, { type: "signal" }>;

export interface LinksOptions {
  readonly clock: Clock;
  readonly createPeer: CreatePeer;
  readonly report: (report: MediaReport) => void;
  /** The transceivers of a new link: tracks and transforms are to be attached at once. */
  readonly onSlots: (link: OpenedLink) => void;
  readonly onClosed: (member: MemberId) => void;
  /** What a member says of what goes over its link. */
  readonly onWord: (member: MemberId, word: Word) => void;
}

export interface OpenedLink {
  readonly member: MemberId;
  readonly generation: number;
  readonly slots: Slots;
}

interface Entry {
  readonly generation: number;
  readonly link: MediaLink;
}

/** Signals that came before the directive to open their link. */
class EarlySignals {
  readonly #members = new Map<MemberId, SignalDirective[]>();

  keep(signal: SignalDirective): void {
    const kept = (this.#members.get(signal.member) ?? []).filter(({ generation }) => generation >= signal.generation);
    if (kept.some(({ generation }) => generation > signal.generation) || kept.length >= MAX_EARLY_SIGNALS) return;
    if (!this.#members.has(signal.member) && this.#members.size >= MAX_EARLY_MEMBERS) return;
    this.#members.set(signal.member, [...kept, signal]);
  }

  take(member: MemberId, generation: number): readonly SignalDirective[] {
    const kept = this.#members.get(member) ?? [];
    const later = kept.filter((signal) => signal.generation > generation);
    if (later.length === 0) this.#members.delete(member);
    else this.#members.set(member, later);
    return kept.filter((signal) => signal.generation === generation);
  }

  forget(member: MemberId): void {
    this.#members.delete(member);
  }

  forgetAll(): void {
    this.#members.clear();
  }
}

/**
 * How long to wait for the next link to each member: twice as long after each that was lost before it was connected, and
 * twice as long for the first, when the other side may still be starting.
 */
class Patience {
  readonly #lost = new Map<MemberId, number>();

  for(member: MemberId): number {
    return Math.min(MAX_PATIENCE, 2 ** (this.#lost.get(member) ?? 1));
  }

  learn(member: MemberId, state: LinkState): void {
    if (state === "connected") this.#lost.set(member, 0);
    else if (state === "lost") this.#lost.set(member, Math.min(MAX_PATIENCE, (this.#lost.get(member) ?? 1) + 1));
  }

  forget(member: MemberId): void {
    this.#lost.delete(member);
  }
}

/** The media links of this page: one for each other member, built and closed as the host says. */
export class MediaLinks {
  readonly #options: LinksOptions;
  readonly #entries = new Map<MemberId, Entry>();
  readonly #early = new EarlySignals();
  readonly #patience = new Patience();

  constructor(options: LinksOptions) {
    this.#options = options;
  }

  apply(directive: MediaDirective): void {
    switch (directive.type) {
      case "open-link":
        return this.#open(directive);
      case "close-link":
        return this.#close(directive.member);
      case "signal":
        this.#signal(directive);
    }
  }

  get(member: MemberId): MediaLink | null {
    return this.#entries.get(member)?.link ?? null;
  }

  members(): readonly MemberId[] {
    return [...this.#entries.keys()];
  }

  closeAll(): void {
    for (const member of this.members()) this.#close(member);
    this.#early.forgetAll();
  }

  #open(directive: OpenLink): void {
    const { member, generation } = directive;
    const present = this.#entries.get(member);
    if (present !== undefined && present.generation >= generation) return;
    present?.link.close();
    const link = this.#create(directive);
    if (link === null)
      return this.#options.report({ type: "link-state", member, generation, state: "lost", path: "none" });
    this.#entries.set(member, { generation, link });
    for (const signal of this.#early.take(member, generation)) link.receive(signal.data);
  }

  /** Null when the platform cannot make a connection; the host tries again later. */
  #create({ member, generation, initiator, fingerprint }: OpenLink): MediaLink | null {
    const { clock, createPeer, report, onSlots, onWord } = this.#options;
    try {
      return new MediaLink({
        initiator,
        patience: this.#patience.for(member),
        fingerprint,
        clock,
        createPeer,
        onSignal: (data) => report({ type: "signal", member, generation, data }),
        onSlots: (slots) => onSlots({ member, generation, slots }),
        onWord: (word) => onWord(member, word),
        onState: (state, path) => {
          this.#patience.learn(member, state);
          report({ type: "link-state", member, generation, state, path });
        },
      });
    } catch {
      return null;
    }
  }

  #close(member: MemberId): void {
    const present = this.#entries.get(member);
    this.#entries.delete(member);
    this.#early.forget(member);
    this.#patience.forget(member);
    if (present === undefined) return;
    present.link.close();
    this.#options.onClosed(member);
  }

  #signal(directive: SignalDirective): void {
    const present = this.#entries.get(directive.member);
    if (present !== undefined && present.generation === directive.generation) present.link.receive(directive.data);
    else if (present === undefined || present.generation < directive.generation) this.#early.keep(directive);
  }
}
