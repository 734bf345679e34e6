import { Emitter } from "../../core/base/emitter.ts";
import type { Ending } from "../../core/base/scope.ts";
import { mediaKinds, type MediaKind, type MemberId } from "../../core/contract/parts.ts";
import { passedKinds, type Passed } from "../../core/contract/passing.ts";
import type { Slots } from "../../core/media/slots.ts";
import type { Source } from "../frames/messages.ts";
import type { PassedBy, RemoteMedia } from "./call-media.ts";

const NOTHING: RemoteMedia = { microphone: null, camera: null, screen: null };

interface Entry {
  readonly streams: Readonly<Record<MediaKind, MediaStream>>;
  slots: Slots;
}

/** What arrives from each member. The streams outlive a link that is replaced, so that players need not start over. */
export class Incoming {
  readonly #entries = new Map<MemberId, Entry>();
  readonly #changes = new Emitter<void>();
  /** By whom pictures come that do not come from their sender. */
  readonly #sources = new Map<string, NonNullable<Source> & { readonly of: Passed }>();

  attach(member: MemberId, slots: Slots): void {
    const entry = this.#entries.get(member) ?? {
      streams: { microphone: new MediaStream(), camera: new MediaStream(), screen: new MediaStream() },
      slots,
    };
    entry.slots = slots;
    this.#entries.set(member, entry);
    for (const kind of mediaKinds) this.#fill(member, kind);
    // What it passes on comes by the new link, too.
    for (const { of, by } of this.#sources.values()) if (by === member) this.#fill(of.origin, of.kind);
    this.#changes.emit();
  }

  detach(member: MemberId): void {
    for (const kind of mediaKinds) this.#sources.delete(keyOf({ origin: member, kind }));
    if (this.#entries.delete(member)) this.#changes.emit();
  }

  /** Whose picture comes by what from now on. */
  setSource(of: Passed, source: Source): void {
    if (source === null) this.#sources.delete(keyOf(of));
    else this.#sources.set(keyOf(of), { ...source, of });
    this.#fill(of.origin, of.kind);
    this.#changes.emit();
  }

  passedBy(origin: MemberId): PassedBy {
    const by = (kind: "camera" | "screen"): MemberId | null => this.#sources.get(keyOf({ origin, kind }))?.by ?? null;
    return { camera: by("camera"), screen: by("screen") };
  }

  /** The transceiver by which a member's camera comes, as its link calls it; null where there is none. */
  cameraMid(member: MemberId): string | null {
    const source = this.#sources.get(keyOf({ origin: member, kind: "camera" }));
    const spare = source === undefined ? undefined : passedKinds[source.slot];
    return this.#entries.get(source?.by ?? member)?.slots[spare ?? "camera"].mid ?? null;
  }

  of(member: MemberId): RemoteMedia {
    return this.#entries.get(member)?.streams ?? NOTHING;
  }

  slots(member: MemberId): Slots | null {
    return this.#entries.get(member)?.slots ?? null;
  }

  #fill(member: MemberId, kind: MediaKind): void {
    const entry = this.#entries.get(member);
    if (entry === undefined) return;
    const source = this.#sources.get(keyOf({ origin: member, kind }));
    const spare = source === undefined ? undefined : passedKinds[source.slot];
    const passed = source === undefined || spare === undefined ? undefined : this.#entries.get(source.by)?.slots[spare];
    const { track } = (passed ?? entry.slots[kind]).receiver;
    const stream = entry.streams[kind];
    for (const other of stream.getTracks()) if (other !== track) stream.removeTrack(other);
    if (!stream.getTracks().includes(track)) stream.addTrack(track);
  }

  subscribe(listener: () => void): Ending {
    return this.#changes.subscribe(listener);
  }
}

function keyOf({ origin, kind }: { readonly origin: MemberId; readonly kind: MediaKind }): string {
  return `${kind} ${origin}`;
}
