import { fromBase64Url, toBase64Url } from "../../../core/base/bytes.ts";
import { Secret } from "../../../core/base/secret.ts";
import type { KeyMessage } from "../../../core/contract/key-messages.ts";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Snapshot } from "../../../core/contract/snapshots.ts";
import { ratchetBaseKey } from "../../../core/keys/base-key.ts";
import { SWITCH_MS } from "../../../core/keys/sender-key-types.ts";
import type { MeetingOutput } from "../../../core/meeting/runner.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Person } from "./person.ts";

/** A sending key from its making, whoever holds it. */
interface MadeKey {
  readonly owner: Life;
  readonly epoch: number;
  readonly baseKey: string;
  /** When it was first sealed under; null before. */
  firstUse: number | null;
}

/** One person's part in one meeting, under one member key. */
interface Life {
  readonly person: Person;
  id: MemberId | null;
  over: boolean;
  sealing: MadeKey | null;
  /** Every key it was ever given. */
  readonly knows: Set<MadeKey>;
  readonly everListed: Set<MemberId>;
  listed: ReadonlySet<MemberId>;
  /** Members that were listed here and are no longer, and since when. */
  readonly missing: Map<MemberId, number>;
}

/**
 * Sees every key of every person from outside and throws as soon as somebody holds one that they must not.
 * It assumes the worst: every key in use seals something, and nobody forgets a key they were given.
 */
export class KeyWitness {
  readonly #clock: Clock;
  readonly #made = new Map<string, MadeKey>();
  readonly #lives: Life[] = [];
  readonly #admittedAt = new Map<MemberId, number>();
  /** Faults are kept and thrown by `check`: an exception inside a subscription would change the run. */
  readonly #faults: string[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  watch(person: Person): void {
    let life = this.#begin(person);
    person.runner.subscribe((output: MeetingOutput) => {
      if (output.channel === "snapshot") this.#seen(life, output.body);
      else if (output.channel === "key" && output.body.type === "forget-all") {
        life.over = true;
        life = this.#begin(person);
      } else if (output.channel === "key") this.#told(life, output.body);
    });
  }

  /** The person's machine has died: what it goes on doing in its own mind reaches nobody. */
  crashed(person: Person): void {
    for (const life of this.#lives) if (life.person === person) life.over = true;
  }

  /** Throws the first fault there is. To be called after every step. */
  check(): void {
    for (const life of this.#lives) this.#checkKnowledge(life);
    const [fault] = this.#faults;
    if (fault !== undefined) throw new Error(`at ${String(this.#clock.elapsed())} ms: ${fault}`);
  }

  #begin(person: Person): Life {
    const life: Life = {
      person,
      id: null,
      over: false,
      sealing: null,
      knows: new Set(),
      everListed: new Set(),
      listed: new Set(),
      missing: new Map(),
    };
    this.#lives.push(life);
    return life;
  }

  #told(life: Life, message: KeyMessage): void {
    if (message.type === "send-key") {
      const made = { owner: life, epoch: message.epoch, baseKey: message.baseKey, firstUse: null };
      if (this.#made.has(message.baseKey)) this.#faults.push(`${life.person.name} installed a sending key twice`);
      this.#made.set(message.baseKey, made);
      if (message.use) this.#use(life, made);
    } else if (message.type === "use-send-key") {
      const made = [...this.#made.values()].findLast(({ owner, epoch }) => owner === life && epoch === message.epoch);
      if (made === undefined) this.#faults.push(`${life.person.name} seals under a key that was never made`);
      else this.#use(life, made);
    } else if (message.type === "receive-key") {
      const made = this.#made.get(message.baseKey);
      if (made === undefined) this.#faults.push(`${life.person.name} holds a key that nobody made`);
      else life.knows.add(made);
    }
  }

  #use(life: Life, made: MadeKey): void {
    made.firstUse ??= this.#clock.elapsed();
    life.sealing = made;
    for (const gone of life.missing.keys()) this.#mustNotFollow(life, gone);
  }

  #seen(life: Life, { view }: Snapshot): void {
    if (view.screen !== "call") return;
    life.id = view.self;
    const listed = new Set(view.participants.map(({ id }) => id));
    for (const id of listed) {
      life.everListed.add(id);
      life.missing.delete(id);
      if (!this.#admittedAt.has(id)) this.#admittedAt.set(id, this.#clock.elapsed());
    }
    for (const id of life.listed) if (!listed.has(id)) this.#vanished(life, id);
    life.listed = listed;
  }

  #vanished(life: Life, gone: MemberId): void {
    life.missing.set(gone, this.#clock.elapsed());
    this.#clock.after(SWITCH_MS + 1, () => {
      if (life.missing.has(gone)) this.#mustNotFollow(life, gone);
    });
  }

  /** Nobody who has gone holds, or can derive, what is sealed under now. */
  #mustNotFollow(life: Life, gone: MemberId): void {
    const { sealing } = life;
    if (life.over || sealing === null) return;
    // Somebody whose host died and came back has had more than one life under one key.
    const known = this.#lives
      .filter(({ id }) => id === gone)
      .flatMap(({ person, knows }) => [...knows].map((key) => ({ person, key })));
    for (const { person, key } of known) {
      if (key.owner !== life || !leadsTo(key, sealing)) continue;
      const names = `${person.name} has gone and can open what ${life.person.name} says`;
      this.#faults.push(`${names} (epoch ${String(sealing.epoch)}, from epoch ${String(key.epoch)})`);
    }
  }

  #checkKnowledge(life: Life): void {
    const { person, id } = life;
    const admittedAt = id === null ? undefined : this.#admittedAt.get(id);
    for (const { owner, firstUse, epoch } of life.knows) {
      const whose = `epoch ${String(epoch)} of ${owner.person.name}`;
      if (id === null || admittedAt === undefined) this.#faults.push(`${person.name}, no member, holds ${whose}`);
      else if (!owner.everListed.has(id)) this.#faults.push(`${person.name} holds ${whose}, who never saw them listed`);
      else if (firstUse !== null && firstUse < admittedAt)
        this.#faults.push(`${person.name} holds ${whose}, used before they were admitted`);
    }
    if (life.over) return;
    const inCall = person.view?.screen === "call";
    if (!inCall && !person.frames.empty) this.#faults.push(`${person.name} is in no call and holds keys`);
    for (const member of person.frames.members) {
      if (inCall && !life.listed.has(member)) this.#faults.push(`${person.name} holds a key of ${member}, not listed`);
    }
  }
}

/** Whether one key of a sender is, or gives by ratcheting, another of the same sender. */
function leadsTo(known: MadeKey, wanted: MadeKey): boolean {
  if (known === wanted) return true;
  let key = new Secret("base-key", fromBase64Url(known.baseKey) ?? new Uint8Array());
  for (let epoch = known.epoch + 1; epoch <= wanted.epoch; epoch++) key = ratchetBaseKey(key, epoch);
  return wanted.epoch > known.epoch && toBase64Url(key.reveal()) === wanted.baseKey;
}
