import { Emitter } from "../../core/base/emitter.ts";
import type { Ending } from "../../core/base/scope.ts";
import { mediaKinds, type MediaKind, type MemberId } from "../../core/contract/parts.ts";
import type { Slots } from "../../core/media/slots.ts";
import type { RemoteMedia } from "./call-media.ts";

const NOTHING: RemoteMedia = { microphone: null, camera: null, screen: null };

interface Entry {
  readonly streams: Readonly<Record<MediaKind, MediaStream>>;
  slots: Slots;
}

/** What arrives from each member. The streams outlive a link that is replaced, so that players need not start over. */
export class Incoming {
  readonly #entries = new Map<MemberId, Entry>();
  readonly #changes = new Emitter<void>();

  attach(member: MemberId, slots: Slots): void {
    const entry = this.#entries.get(member) ?? {
      streams: { microphone: new MediaStream(), camera: new MediaStream(), screen: new MediaStream() },
      slots,
    };
    entry.slots = slots;
    for (const kind of mediaKinds) {
      const stream = entry.streams[kind];
      for (const track of stream.getTracks()) stream.removeTrack(track);
      stream.addTrack(slots[kind].receiver.track);
    }
    this.#entries.set(member, entry);
    this.#changes.emit();
  }

  detach(member: MemberId): void {
    if (this.#entries.delete(member)) this.#changes.emit();
  }

  of(member: MemberId): RemoteMedia {
    return this.#entries.get(member)?.streams ?? NOTHING;
  }

  slots(member: MemberId): Slots | null {
    return this.#entries.get(member)?.slots ?? null;
  }

  subscribe(listener: () => void): Ending {
    return this.#changes.subscribe(listener);
  }
}
