import type { Ending } from "../base/scope.ts";
import { Emitter } from "../base/emitter.ts";
import type { KeyMessage } from "../contract/key-messages.ts";
import type { MediaDirective } from "../contract/media-messages.ts";
import { usualSettings, type PassingChoice, type Settings, type SoundTreatment } from "../contract/settings.ts";
import type { Snapshot } from "../contract/snapshots.ts";
import type { Clock } from "../ports/clock.ts";
import type { FileCarrier } from "../ports/files.ts";
import type { Mesh, MeshOptions } from "../ports/mesh.ts";
import type { PlacePart } from "../ports/place.ts";
import type { Random } from "../ports/random.ts";
import type { SavedContact } from "../persona/vault.ts";
import { gatherSends, type Gathered } from "./gather-sends.ts";
import type { MeetingEvent } from "./events.ts";
import { PlaceTeller } from "./place-teller.ts";
import { project } from "./project.ts";
import { initialState, type MeetingState } from "./state.ts";
import { nextWake, step } from "./step.ts";

/** How long a mesh that is left may take to send its last words, in ms. */
const FLUSH_MS = 400;

export interface MeetingPorts {
  readonly clock: Clock;
  readonly random: Random;
  createMesh(options: MeshOptions): Promise<Mesh>;
  /** Snapshots that nobody waits for come no more often than this, in ms: a flood from outside must not become one for the page. */
  readonly showEveryMs: number;
  /** Hears of errors that should not have happened. */
  reportDefect(defect: unknown): void;
  /** What the person's settings say of discovery and relays at the start. */
  readonly network: Settings["network"];
  /** The rest of the settings; the usual ones without it. */
  readonly look?: Settings["look"];
  readonly sound?: SoundTreatment;
  readonly passing?: PassingChoice;
  /** Keeps changed settings, rejecting when they cannot be written; without it they end with this runner. */
  keepSettings?(settings: Settings): Promise<void>;
  /** How many this client lets into a meeting: `MAX_MEMBERS`, or more in a simulation. */
  readonly maxMembers?: number;
  /** Holds this person's place in a meeting for the next host, should this one die; without it nobody does. */
  keepPlace?(part: PlacePart): void;
  /** Carries files; without it none are. */
  readonly files?: FileCarrier;
  /** Keeps a contact of the open persona and tells of it by an `identity` event. */
  keepContact?(contact: SavedContact): void;
}

export type MeetingOutput =
  | { readonly channel: "snapshot"; readonly body: Snapshot }
  | { readonly channel: "media"; readonly body: MediaDirective }
  | { readonly channel: "key"; readonly body: KeyMessage };

/** Drives the pure step against the real ports: events go in one at a time, effects are carried out in order. */
export class MeetingRunner {
  readonly #ports: MeetingPorts;
  readonly #outputs = new Emitter<MeetingOutput>();
  #state: MeetingState;
  #mesh: { readonly run: number; readonly node: Mesh; readonly unsubscribe: Ending } | null = null;
  #wantedRun: number | null = null;
  #cancelWake: Ending = () => undefined;
  #revision = 0;
  #shown = "";
  #shownAt = Number.NEGATIVE_INFINITY;
  #cancelShow: Ending | null = null;
  #events: MeetingEvent[] = [];
  #stepping = false;
  readonly #stopping = new Set<Promise<void>>();
  readonly #place: PlaceTeller | null;

  constructor(ports: MeetingPorts) {
    this.#ports = ports;
    this.#place =
      ports.keepPlace === undefined ? null : new PlaceTeller(ports.clock, (part) => ports.keepPlace?.(part));
    ports.files?.subscribe((event) => this.dispatch({ type: "file", event }));
    const { look = usualSettings.look, network, sound, passing } = ports;
    const settings = {
      look,
      network,
      ...(sound === undefined ? {} : { sound }),
      ...(passing === undefined ? {} : { passing }),
    };
    this.#state = initialState(settings, ports.maxMembers);
  }

  subscribe(listener: (output: MeetingOutput) => void): Ending {
    return this.#outputs.subscribe(listener);
  }

  /** Takes one event. What it causes while being handled is handled after it, never inside it. */
  dispatch(event: MeetingEvent): void {
    this.#events.push(event);
    if (this.#stepping) return;
    this.#stepping = true;
    try {
      for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) this.#take(next);
    } finally {
      this.#stepping = false;
    }
    this.#show(event.type === "command");
    this.#scheduleWake();
  }

  /** Sends the whole snapshot again: a page has come or come back. */
  showAgain(): void {
    this.#shown = "";
    this.#showNow();
  }

  /** Leaves the meeting if there is one and waits until the mesh is closed. */
  async stop(): Promise<void> {
    this.dispatch({ type: "command", command: { type: "leave" } });
    this.#cancelWake();
    this.#cancelShow?.();
    this.#place?.stop();
    await Promise.all(this.#stopping);
  }

  #take(event: MeetingEvent): void {
    const { clock, random } = this.#ports;
    const stepped = step(this.#state, event, { now: Math.floor(clock.now()), elapsed: clock.elapsed(), random });
    this.#state = stepped.state;
    this.#place?.follow(this.#state);
    for (const effect of gatherSends(stepped.effects)) this.#carryOut(effect);
  }

  #carryOut(effect: Gathered): void {
    switch (effect.type) {
      case "start-mesh":
        this.#startMesh(effect);
        return;
      case "stop-mesh":
        this.#stopMesh();
        return;
      case "dial":
        this.#mesh?.node.dial(effect.peer, effect.addresses);
        return;
      case "send":
        this.#mesh?.node.send(effect.link, ...effect.messages);
        return;
      case "close":
        this.#mesh?.node.close(effect.link);
        return;
      case "file":
        this.#ports.files?.carry(effect.order);
        return;
      case "publish":
        this.#mesh?.node.publish(effect.message);
        return;
      case "set-members":
        this.#mesh?.node.setMembers(effect.peers);
        return;
      case "keep-settings":
        this.#keep(effect.settings);
        return;
      case "keep-contact":
        this.#ports.keepContact?.(effect.contact);
        return;
      case "announce":
        this.#mesh?.node.announceAs(effect.tags);
        return;
      case "report":
        this.#ports.reportDefect(effect.defect);
        return;
      case "media":
        this.#outputs.emit({ channel: "media", body: effect.directive });
        return;
      case "key":
        this.#outputs.emit({ channel: "key", body: effect.message });
    }
  }

  #startMesh({ run, rendezvousTag, peerKey }: Extract<Gathered, { type: "start-mesh" }>): void {
    this.#wantedRun = run;
    this.#ports.createMesh({ rendezvousTag, peerKey, ...this.#state.settings.network }).then(
      (node) => {
        // The meeting may have been left while its mesh was made.
        if (this.#wantedRun !== run) {
          this.#track(node.stop());
          return;
        }
        const unsubscribe = node.subscribe((event) => this.dispatch({ type: "mesh", event }));
        this.#mesh = { run, node, unsubscribe };
        this.#ports.files?.begin(node.pipes);
        this.dispatch({ type: "mesh-started", run, self: node.self, addresses: node.addresses() });
      },
      () => this.dispatch({ type: "mesh-failed", run }),
    );
  }

  #keep(settings: Settings): void {
    const kept = this.#ports.keepSettings?.(settings);
    if (kept !== undefined) this.#track(kept.catch(() => this.dispatch({ type: "profile-unwritable" })));
  }

  #stopMesh(): void {
    this.#wantedRun = null;
    const mesh = this.#mesh;
    this.#mesh = null;
    if (mesh === null) return;
    mesh.unsubscribe();
    if (this.#ports.files !== undefined) this.#track(this.#ports.files.end());
    this.#track(
      new Promise<void>((resolve) => this.#ports.clock.after(FLUSH_MS, resolve)).then(() => mesh.node.stop()),
    );
  }

  #track(stopping: Promise<void>): void {
    const settled = stopping
      .catch(() => undefined)
      .finally(() => {
        this.#stopping.delete(settled);
      });
    this.#stopping.add(settled);
  }

  /** Shows what has changed: at once what the person did, the rest of a busy moment together. */
  #show(atOnce: boolean): void {
    const { clock, showEveryMs } = this.#ports;
    const since = clock.elapsed() - this.#shownAt;
    if (!atOnce && since < showEveryMs) {
      this.#cancelShow ??= clock.after(showEveryMs - since, () => this.#showNow());
      return;
    }
    this.#showNow();
  }

  #showNow(): void {
    this.#cancelShow?.();
    this.#cancelShow = null;
    this.#shownAt = this.#ports.clock.elapsed();
    const projected = project(this.#state);
    const shown = JSON.stringify(projected);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#outputs.emit({ channel: "snapshot", body: { revision: ++this.#revision, ...projected } });
  }

  #scheduleWake(): void {
    this.#cancelWake();
    const at = nextWake(this.#state);
    if (at === null) return;
    const delay = Math.max(1, at - this.#ports.clock.elapsed());
    this.#cancelWake = this.#ports.clock.after(delay, () => this.dispatch({ type: "woken" }));
  }
}
