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

/** A real host without a page: its keys are remembered and what it sends is counted. */
export class Member {
  readonly name: string;
  readonly frames = new FramesLedger();
  readonly runner: MeetingRunner;
  #snapshot: Snapshot | null = null;
  #messages = 0;
  #bytes = 0;

  constructor(name: string, network: MemoryNetwork) {
    this.name = name;
    this.runner = new MeetingRunner({
      clock: network.clock,
      random: network.random,
      showEveryMs: 0,
      reportDefect: (defect) => {
        throw defect;
      },
      createMesh: (options) => Promise.resolve(this.#counted(network.createMesh(options))),
      network: { relays: [], localDiscovery: false },
    });
    this.runner.subscribe((output) => {
      if (output.channel === "key") this.frames.take(output.body);
      if (output.channel === "snapshot") this.#snapshot = output.body;
    });
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
  answerKnocks(): void {
    this.runner.subscribe(() => {
      for (const { knock } of this.call?.knocks ?? []) this.command({ type: "admit", knock });
    });
  }

  get call(): ScreenOf<"call"> | null {
    return this.#snapshot?.view.screen === "call" ? this.#snapshot.view : null;
  }

  get reached(): boolean {
    return this.#snapshot?.view.screen === "lobby" && this.#snapshot.view.reach === "reached";
  }

  get id(): MemberId {
    if (this.call === null) throw new Error(`${this.name} is not in the call`);
    return this.call.self;
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
    mesh.send = (link, message) => {
      count(message.length);
      send(link, message);
    };
    mesh.publish = (message) => {
      count(message.length);
      publish(message);
    };
    return mesh;
  }
}
