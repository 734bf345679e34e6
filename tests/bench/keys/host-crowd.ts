import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import type { Command } from "../../../core/contract/commands.ts";
import { checkKey, checkUp } from "../../../core/contract/contract.ts";
import type { Fingerprint, MemberId } from "../../../core/contract/parts.ts";
import type { Snapshot, ScreenOf } from "../../../core/contract/snapshots.ts";
import { startHostProcess, type HostProcess } from "../../../electron/chromium/host-process.ts";
import { repositoryRoot } from "../../support/client.ts";
import { FramesLedger } from "../../support/world/frames-ledger.ts";

const LIMIT_MS = 60_000;
const hostFile = join(repositoryRoot, "dist", "host", "entry.js");

interface HostMemberOptions {
  readonly onChange: () => void;
  readonly namespace?: string;
  /** Whether it lets in whoever knocks. */
  readonly answers?: boolean;
}

/** A host process of its own, with somebody in place of the page who only gives commands. */
export class HostMember {
  readonly name: string;
  readonly frames = new FramesLedger();
  readonly host: HostProcess;
  /** When it began to seal under the key that it seals under now, in ms. */
  switchedAt = 0;
  /** When its page was last told to let go of each member, in ms. */
  readonly letGoAt = new Map<MemberId, number>();
  #snapshot: Snapshot | null = null;
  readonly #send: (command: Command) => void;

  /** With a `namespace` it runs in that one, and everybody else's in another. */
  constructor(name: string, profile: string, { onChange, namespace, answers = true }: HostMemberOptions) {
    this.name = name;
    if (namespace !== undefined) process.env["VIGIL_NAMESPACE"] = namespace;
    this.host = startHostProcess({
      hostFile: namespace === undefined ? hostFile : join(import.meta.dirname, "in-namespace.ts"),
      profile,
      downloads: profile,
      chooseFile: () => Promise.resolve(null),
      onPageServed: () => undefined,
      onEndApp: () => undefined,
      onPlace: () => undefined,
      onExit: onChange,
    });
    const page = this.host.attach("attach-page");
    this.#send = (body) => page.post({ channel: "command", body });
    page.listen((message) => {
      const checked = checkUp(message);
      if (checked.ok && checked.value.channel === "snapshot") this.#snapshot = checked.value.body;
      if (checked.ok && checked.value.channel === "media" && checked.value.body.type === "close-link")
        this.letGoAt.set(checked.value.body.member, performance.now());
      for (const { knock } of answers ? (this.call?.knocks ?? []) : []) this.#send({ type: "admit", knock });
      onChange();
    });
    this.host.attach("attach-frames").listen((message) => {
      const checked = checkKey(message);
      if (!checked.ok) return;
      const before = this.frames.sealing()?.baseKey;
      this.frames.take(checked.value);
      if (this.frames.sealing()?.baseKey !== before) this.switchedAt = performance.now();
      onChange();
    });
    this.loadPage();
  }

  /** A page with a certificate of its own, also in place of another: this is signed into the log. */
  loadPage(): void {
    this.command({ type: "attach", fingerprint: randomBytes(32).toString("hex") as Fingerprint });
  }

  command(command: Command): void {
    this.#send(command);
  }

  get view(): Snapshot["view"] | null {
    return this.#snapshot?.view ?? null;
  }

  get call(): ScreenOf<"call"> | null {
    return this.view?.screen === "call" ? this.view : null;
  }
}

interface Removal {
  /** To the last of the others who seals under a fresh key. */
  readonly freshMs: number;
  /** To the last of the others whose page was told to cut its link to the removed. */
  readonly cutMs: number;
}

function reaches(one: HostMember, other: HostMember): boolean {
  const id = other.call?.self;
  return one.call?.participants.some((participant) => participant.id === id && participant.reachable) ?? false;
}

/** A meeting of host processes on this machine, without pages: what keys and log take when nothing is simulated. */
export class HostCrowd {
  readonly #folder = mkdtempSync(join(tmpdir(), "vigil-hosts-"));
  readonly #members: HostMember[] = [];
  #changed = (): void => undefined;

  /** Starts so many hosts and brings all of them into one meeting. */
  async gather(size: number, namespaces: readonly string[] = []): Promise<void> {
    for (let index = 0; index < size; index++) {
      const profile = join(this.#folder, String(index));
      const namespace = namespaces[index % Math.max(1, namespaces.length)];
      const onChange = (): void => this.#changed();
      const options = namespace === undefined ? { onChange } : { onChange, namespace };
      this.#members.push(new HostMember(`host ${index}`, profile, options));
    }
    const [starter] = this.#members;
    if (starter === undefined) return;
    starter.command({ type: "start-meeting", name: starter.name, admission: "invite" });
    await this.#until("the lobby", () => starter.view?.screen === "lobby");
    this.#enter(starter);
    await this.#until("the meeting", () => starter.call !== null);
    for (const guest of this.#members.slice(1)) await this.#bringIn(guest);
    await this.#until("all hear all", () => this.#members.every((one) => this.#isWithAll(one)));
  }

  /** From the moderator's word that the last who came must go, in ms. */
  async remove(): Promise<Removal> {
    const [starter] = this.#members;
    const removed = this.#members.at(-1);
    const id = removed?.call?.self;
    if (starter === undefined || removed === undefined || id === undefined) throw new Error("nobody to remove");
    const rest = this.#members.slice(0, -1);
    const old = new Map(rest.map((one) => [one, one.frames.sealing()?.baseKey]));
    const fresh = (one: HostMember): boolean => {
      const now = one.frames.sealing()?.baseKey;
      return now !== undefined && now !== old.get(one) && !removed.frames.everReceived.has(now);
    };
    const began = performance.now();
    starter.command({ type: "remove-member", member: id, reason: "a measurement" });
    await this.#until("fresh keys", () => rest.every(fresh));
    const freshMs = Math.max(...rest.map(({ switchedAt }) => switchedAt)) - began;
    await this.#until("the last screen", () => removed.view?.screen === "ended");
    const cutMs = Math.max(...rest.map(({ letGoAt }) => letGoAt.get(id) ?? Number.POSITIVE_INFINITY)) - began;
    return { freshMs, cutMs };
  }

  /** A page of each half is another now, of which the other half cannot know. */
  async reloadBoth(): Promise<void> {
    const codes = this.#members.map(({ call }) => call?.meetingCode);
    for (const one of this.#members.slice(0, 2)) one.loadPage();
    await this.#until("other codes", () =>
      this.#members.every(({ call }, index) => call?.meetingCode !== codes[index]),
    );
  }

  /** Waits until nobody reaches anybody of the other half, which `namespaces` gave to every second. */
  async apart(): Promise<void> {
    await this.#until("the halves are apart", () =>
      this.#members.every((one, index) =>
        this.#members.every((other, place) => (index - place) % 2 === 0 || !reaches(one, other)),
      ),
    );
  }

  /** Waits until all reach all and hear all under one code. */
  async together(): Promise<void> {
    const [first] = this.#members;
    await this.#until("all are one", () =>
      this.#members.every(
        (one) =>
          this.#isWithAll(one) &&
          one.call?.meetingCode === first?.call?.meetingCode &&
          this.#members.every((other) => other === one || reaches(one, other)),
      ),
    );
  }

  /** Whoever was removed last comes in again, as somebody else. */
  async bringBack(): Promise<void> {
    const guest = this.#members.at(-1);
    if (guest === undefined) return;
    guest.command({ type: "leave" });
    await this.#until("the first screen", () => guest.view?.screen === "home");
    await this.#bringIn(guest);
    await this.#until("all hear all", () => this.#members.every((one) => this.#isWithAll(one)));
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.map(({ host }) => host.stop()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #bringIn(guest: HostMember): Promise<void> {
    const [starter] = this.#members;
    const before = starter?.call?.invite?.link;
    starter?.command({ type: "create-invite" });
    await this.#until("an invite", () => (starter?.call?.invite?.link ?? before) !== before);
    const invite = starter?.call?.invite?.link ?? "";
    guest.command({ type: "open-invite", name: guest.name, invite });
    await this.#until("somebody is reached", () => guest.view?.screen === "lobby" && guest.view.reach === "reached");
    this.#enter(guest);
    await this.#until("the call", () => guest.call !== null);
  }

  #enter(member: HostMember): void {
    const media = { microphone: true, camera: true, screen: false };
    member.command({ type: "enter-meeting", name: member.name, media });
  }

  #isWithAll(one: HostMember): boolean {
    const id = one.call?.self;
    const others = this.#members.filter((member) => member !== one && member.call !== null);
    return id !== undefined && others.every((other) => other.frames.opens(id, one.frames.sealing()));
  }

  #until(what: string, condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`not within ${LIMIT_MS} ms: ${what}`)), LIMIT_MS);
      this.#changed = () => {
        if (!condition()) return;
        clearTimeout(limit);
        this.#changed = () => undefined;
        resolve();
      };
      this.#changed();
    });
  }
}
