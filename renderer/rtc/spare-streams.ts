import type { MemberId } from "../../core/contract/parts.ts";
import { passedKinds } from "../../core/contract/passing.ts";
import type { Slots } from "../../core/media/slots.ts";
import type { FramesClient } from "./frames-client.ts";
import type { OutgoingLink } from "./picture-sending.ts";
import { writableTrack } from "./raw-pictures.ts";
import { setActive } from "./slot-activity.ts";

interface Link {
  readonly generation: number;
  readonly slots: Slots;
  readonly tracks: Map<number, MediaStreamTrack>;
}

/** The streams of each link that are there for others' pictures. One gets a track when it is used for the first time. */
export class SpareStreams {
  readonly #frames: FramesClient;
  readonly #links = new Map<MemberId, Link>();

  constructor(frames: FramesClient) {
    this.#frames = frames;
  }

  attach({ member, generation, slots }: OutgoingLink): void {
    this.detach(member);
    this.#links.set(member, { generation, slots, tracks: new Map() });
  }

  detach(member: MemberId): void {
    for (const track of this.#links.get(member)?.tracks.values() ?? []) track.stop();
    this.#links.delete(member);
  }

  /** Lets a spare stream of the link to a member send, or no longer. False where there is no link. */
  use(member: MemberId, slot: number, used: boolean): boolean {
    const link = this.#links.get(member);
    const kind = passedKinds[slot];
    if (link === undefined || kind === undefined) return false;
    const { slots, generation, tracks } = link;
    if (used && !tracks.has(slot)) {
      const { track, writable } = writableTrack();
      tracks.set(slot, track);
      slots[kind].sender.replaceTrack(track).catch(() => undefined);
      this.#frames.addCarrier({ member, generation, kind }, writable);
    }
    setActive(slots[kind], used);
    return true;
  }
}
