import { toHex } from "../../../core/base/bytes.ts";
import type { Command } from "../../../core/contract/commands.ts";
import { isIdentityCommand, type IdentityView } from "../../../core/contract/identity.ts";
import { checkDown, checkKey, checkUp } from "../../../core/contract/contract.ts";
import type { Fingerprint, MemberId } from "../../../core/contract/parts.ts";
import type { Participant, ScreenOf, Snapshot } from "../../../core/contract/snapshots.ts";
import type { MeetingRunner } from "../../../core/meeting/runner.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Mesh } from "../../../core/ports/mesh.ts";
import type { PlaceKeeper } from "../../../electron/place-keeper.ts";
import type { IdentityKeeper } from "../../../electron/host/identity-keeper.ts";
import type { Random } from "../../../core/ports/random.ts";
import type { FileDouble } from "./file-double.ts";
import { FramesLedger } from "./frames-ledger.ts";
import { PageLinks } from "./page-links.ts";

export interface PersonInit {
  readonly name: string;
  readonly runner: MeetingRunner;
  readonly meshes: Mesh[];
  readonly clock: Clock;
  readonly random: Random;
  readonly files?: FileDouble;
  /** What this person's window holds of them; nothing unless it is given. */
  readonly window?: PlaceKeeper;
  /** The certificate of a page that was there before this host; a fresh one without it. */
  readonly fingerprint?: Fingerprint;
  /** The keeper of this person's long-lived identity; nobody has one unless it is given. */
  readonly identity?: IdentityKeeper;
}

/** One client: a real host, and a page that only remembers what it was told. Every message is checked as the real ends do. */
export class Person {
  readonly name: string;
  readonly frames = new FramesLedger();
  readonly links: PageLinks;
  /** Of the page's certificate. */
  fingerprint: Fingerprint;
  snapshot: Snapshot | null = null;
  readonly #init: PersonInit;

  constructor(init: PersonInit) {
    this.#init = init;
    this.name = init.name;
    this.fingerprint = init.fingerprint ?? this.#freshFingerprint();
    this.links = new PageLinks(init.clock, (report) => init.runner.dispatch({ type: "media", report }));
    init.runner.subscribe((output) => {
      if (output.channel === "key") {
        const checked = checkKey(output.body);
        if (!checked.ok) throw new Error(`key message: ${checked.error.where}`);
        this.frames.take(checked.value);
        return;
      }
      const checked = checkUp(output);
      if (!checked.ok) throw new Error(`up message: ${checked.error.where}`);
      if (checked.value.channel === "snapshot") this.snapshot = checked.value.body;
      else this.links.take(checked.value.body);
    });
    this.#attach();
  }

  /** A page with a certificate of its own and a frames worker without keys, also after a reload. */
  loadPage(): void {
    this.fingerprint = this.#freshFingerprint();
    this.#attach();
  }

  #freshFingerprint(): Fingerprint {
    return toHex(this.#init.random.bytes(32)) as Fingerprint;
  }

  #attach(): void {
    this.links.forget();
    this.frames.restart();
    this.command({ type: "attach", fingerprint: this.fingerprint });
    this.#init.runner.dispatch({ type: "frames-attached" });
    this.#init.runner.showAgain();
  }

  command(command: Command): void {
    const checked = checkDown({ channel: "command", body: command });
    if (!checked.ok || checked.value.channel !== "command")
      throw new Error(`not a command: ${JSON.stringify(command)}`);
    const { body } = checked.value;
    if (isIdentityCommand(body)) this.#init.identity?.take(body);
    else if (body.type !== "quit") this.#init.runner.dispatch({ type: "command", command: body });
  }

  enter(): void {
    const media = { microphone: true, camera: true, screen: false };
    this.command({ type: "enter-meeting", name: this.name, media });
  }

  get files(): FileDouble {
    const { files } = this.#init;
    if (files === undefined) throw new Error(`${this.name} carries no files`);
    return files;
  }

  get window(): PlaceKeeper {
    const { window } = this.#init;
    if (window === undefined) throw new Error(`${this.name} has no window`);
    return window;
  }

  get runner(): MeetingRunner {
    return this.#init.runner;
  }

  get hasMesh(): boolean {
    return this.#init.meshes.length > 0;
  }

  /** The node of the present meeting. */
  get mesh(): Mesh {
    const mesh = this.#init.meshes.at(-1);
    if (mesh === undefined) throw new Error(`${this.name} has no mesh`);
    return mesh;
  }

  get view(): Snapshot["view"] | null {
    return this.snapshot?.view ?? null;
  }

  get identity(): IdentityView | null {
    return this.snapshot?.identity ?? null;
  }

  get call(): ScreenOf<"call"> | null {
    return this.view?.screen === "call" ? this.view : null;
  }

  get code(): string {
    return this.call?.meetingCode ?? "";
  }

  get id(): MemberId {
    if (this.call === null) throw new Error(`${this.name} is not in a call`);
    return this.call.self;
  }

  participant(other: Person): Participant | undefined {
    const name = other.name;
    return this.call?.participants.find((participant) => participant.name === name && !participant.self);
  }

  /** Has a live link to each, and holds the key that each seals under now. */
  hearsAll(people: readonly Person[]): boolean {
    return people.every((other) => other === this || this.hears(other));
  }

  hears(other: Person): boolean {
    const there = this.participant(other);
    if (there === undefined || other.call === null || !this.links.connected(there.id)) return false;
    return other.frames.recipients.includes(this.id) && this.frames.opens(there.id, other.frames.sealing());
  }
}
