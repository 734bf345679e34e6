import type { MeetingCommand } from "../../../core/contract/commands.ts";
import type { Fingerprint, MemberId } from "../../../core/contract/parts.ts";
import type { ScreenOf, Snapshot } from "../../../core/contract/snapshots.ts";
import { MeetingRunner } from "../../../core/meeting/runner.ts";
import type { MemoryNetwork } from "../../../core/mesh/memory/network.ts";
import type { Mesh } from "../../../core/ports/mesh.ts";
import { toHex } from "../../../core/base/bytes.ts";
import { FramesLedger } from "../../support/world/frames-ledger.ts";

export interface Traffic {
  readonly messages: number;
  readonly bytes: number;
}

/** No page waits for these, and of many members they would be most of the work: each shows itself when it is looked at. */
const UNASKED_MS = 1e9;
/** More than a client lets in. */
const MAX_SIMULATED = 128;

/** A real host without a page: its keys are remembered and what it sends is counted. */
export class Member {
  readonly name: string;
  readonly frames = new FramesLedger();
  readonly runner: MeetingRunner;
  #snapshot: Snapshot | null = null;
  #id: MemberId | null = null;
  #messages = 0;
  #bytes = 0;

  /** One who answers knocks is told of them; the others show what there is when asked. */
  constructor(name: string, network: MemoryNetwork, { answers = false }: { readonly answers?: boolean } = {}) {
    this.name = name;
    this.runner = new MeetingRunner({
      clock: network.clock,
      random: network.random,
      showEveryMs: answers ? 0 : UNASKED_MS,
      reportDefect: (defect) => {
        throw defect;
      },
      createMesh: (options) => Promise.resolve(this.#counted(network.createMesh(options))),
      network: { relays: [], localDiscovery: false },
      maxMembers: MAX_SIMULATED,
    });
    this.runner.subscribe((output) => {
      if (output.channel === "key") this.frames.take(output.body);
      if (output.channel === "snapshot") this.#snapshot = output.body;
    });
    if (answers) this.runner.subscribe(() => this.#answerKnocks());
    this.command({ type: "attach", fingerprint: toHex(network.random.bytes(32)) as Fingerprint });
    this.runner.dispatch({ type: "frames-attached" });
  }

  command(command: MeetingCommand): void {
    this.runner.dispatch({ type: "command", command });
  }

  enter(): void {
    const media = { microphone: true, camera: true, screen: false };
    this.command({ type: "enter-meeting", name: this.name, media });
  }

  /** Opens an invite; nobody is asked before `enter`. */
  open(invite: string): void {
    this.command({ type: "open-invite", name: this.name, invite });
  }

  invite(): string {
    this.command({ type: "create-invite" });
    const link = this.call?.invite?.link;
    if (link === undefined) throw new Error(`${this.name} got no invite`);
    return link;
  }

  /** Lets in at once whoever knocks: after a removal an invite alone opens no door. */
  #answerKnocks(): void {
    const view = this.#snapshot?.view;
    for (const { knock } of view?.screen === "call" ? view.knocks : []) this.command({ type: "admit", knock });
  }

  #view(): Snapshot["view"] | undefined {
    this.runner.showAgain();
    return this.#snapshot?.view;
  }

  get call(): ScreenOf<"call"> | null {
    const view = this.#view();
    return view?.screen === "call" ? view : null;
  }

  get reached(): boolean {
    const view = this.#view();
    return view?.screen === "lobby" && view.reach === "reached";
  }

  /** Its key, once it is in the call. */
  get id(): MemberId {
    this.#id ??= this.call?.self ?? null;
    if (this.#id === null) throw new Error(`${this.name} is not in the call`);
    return this.#id;
  }

  lists(member: MemberId): boolean {
    return this.call?.participants.some(({ id }) => id === member) ?? false;
  }

  /** What it has sent since the last time this was asked, without the framing and encryption of the transport below. */
  takeTraffic(): Traffic {
    const traffic = { messages: this.#messages, bytes: this.#bytes };
    this.#messages = 0;
    this.#bytes = 0;
    return traffic;
  }

  #counted(mesh: Mesh): Mesh {
    const count = (bytes: number): void => {
      this.#messages++;
      this.#bytes += bytes;
    };
    const send = mesh.send.bind(mesh);
    const publish = mesh.publish.bind(mesh);
    mesh.send = (link, ...messages) => {
      for (const message of messages) count(message.length);
      send(link, ...messages);
    };
    mesh.publish = (message) => {
      count(message.length);
      publish(message);
    };
    return mesh;
  }
}
