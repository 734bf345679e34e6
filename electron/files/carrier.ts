import { VigilError } from "../../core/base/errors.ts";
import { Emitter } from "../../core/base/emitter.ts";
import type { Ending } from "../../core/base/scope.ts";
import { safeFileName } from "../../core/files/file-name.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { FileCarrier, FileEvent, FileId, FileOrder, LostFile } from "../../core/ports/files.ts";
import type { Pipes } from "../../core/ports/pipes.ts";
import { codeOf, PartFile, removeLeftParts, roomIn } from "./part-file.ts";
import type { PipeReader } from "./pipe-reader.ts";
import { receiveFile, Reception } from "./receiving.ts";
import { sendFile } from "./sending.ts";
import { readSource, type SourceFile } from "./source-file.ts";

/** How often progress is told, in ms. */
const TELL_EVERY_MS = 200;
/** Files on their way out at one time; who asks for one more tries again later. */
const MAX_SENDING = 32;
/** Of these to one member. */
const MAX_SENDING_TO_ONE = 6;
/** Files on their way in at one time. */
const MAX_RECEIVING = 8;

type Send = Extract<FileOrder, { type: "send" }>;
type Receive = Extract<FileOrder, { type: "receive" }>;

export interface CarrierOptions {
  readonly clock: Clock;
  /** Where received files go. */
  readonly folder: string;
  /** Asks the person for a file; null when they choose none. */
  readonly chooseFile: () => Promise<string | null>;
  readonly reportDefect: (defect: unknown) => void;
}

interface Incoming {
  part: PartFile | null;
  stop: AbortController;
  /** The work on it, one after the other. */
  work: Promise<void>;
}

/** Carries files between the disk and the pipes of one meeting at a time. */
export class DiskFileCarrier implements FileCarrier {
  readonly #options: CarrierOptions;
  readonly #events = new Emitter<FileEvent>();
  readonly #reception: Reception;
  readonly #sources = new Map<FileId, SourceFile>();
  readonly #reading = new Map<FileId, AbortController>();
  readonly #sending = new Map<string, AbortController>();
  readonly #incoming = new Map<string, Incoming>();
  readonly #removing = new Set<Promise<void>>();
  readonly #lastTold = new Map<string, number>();
  #pipes: Pipes | null = null;
  #stopAccepting: Ending = () => undefined;

  constructor(options: CarrierOptions) {
    this.#options = options;
    this.#reception = new Reception(options.clock);
    void removeLeftParts(options.folder);
  }

  begin(pipes: Pipes): void {
    this.#pipes = pipes;
    this.#stopAccepting = pipes.accept((pipe) => this.#reception.take(pipe));
  }

  subscribe(listener: (event: FileEvent) => void): Ending {
    return this.#events.subscribe(listener);
  }

  carry(order: FileOrder): void {
    switch (order.type) {
      case "choose":
        return this.#run(this.#choose(order.id));
      case "send":
        return this.#run(this.#send(order));
      case "stop-sending":
        return this.#sending.get(outwards(order))?.abort();
      case "withdraw":
        return this.#withdraw(order.id);
      case "receive":
        return this.#receive(order);
      case "drop":
        void this.#drop(inwards(order));
    }
  }

  async end(): Promise<void> {
    this.#stopAccepting();
    this.#pipes = null;
    for (const id of [...this.#sources.keys(), ...this.#reading.keys()]) this.#withdraw(id);
    for (const key of [...this.#incoming.keys()]) void this.#drop(key);
    await Promise.all(this.#removing);
    this.#lastTold.clear();
  }

  #run(work: Promise<void>): void {
    work.catch((defect: unknown) => this.#options.reportDefect(defect));
  }

  async #choose(id: FileId): Promise<void> {
    const stop = new AbortController();
    this.#reading.set(id, stop);
    try {
      const path = await this.#options.chooseFile();
      if (path === null || stop.signal.aborted) return this.#tell({ type: "not-chosen", id, why: "cancelled" });
      const source = await readSource(path, {
        signal: stop.signal,
        progress: (name, size, done) => this.#progress(id, { type: "reading", id, name, size, done }),
      });
      stop.signal.throwIfAborted();
      this.#sources.set(id, source);
      const { name, size, hash } = source;
      this.#tell({ type: "chosen", id, name, size, hash });
    } catch (failure) {
      if (stop.signal.aborted) return this.#tell({ type: "not-chosen", id, why: "cancelled" });
      const code = codeOf(failure);
      const why = code === "too-large" || code === "changed" ? code : "unreadable";
      this.#tell({ type: "not-chosen", id, why });
    } finally {
      this.#reading.delete(id);
    }
  }

  async #send(order: Send): Promise<void> {
    const { id, to } = order;
    const key = outwards(order);
    // A second try is made because the first has failed, whether this end has noticed it or not.
    this.#sending.get(key)?.abort();
    const source = this.#sources.get(id);
    const pipes = this.#pipes;
    const possible = order.offset <= (source?.size ?? 0) && this.#hasRoomFor(to);
    if (source === undefined || pipes === null || !possible) {
      order.secret.wipe();
      return this.#tell({ type: "not-sent", id, to, why: "broken" });
    }
    const stop = new AbortController();
    this.#sending.set(key, stop);
    try {
      const progress = (done: number): void => this.#progress(key, { type: "sending", id, to, done });
      await sendFile({ pipes, source, transfer: order, clock: this.#options.clock, signal: stop.signal, progress });
      if (!stop.signal.aborted) this.#tell({ type: "sent", id, to });
    } catch (failure) {
      const code = codeOf(failure);
      const why = code === "changed" || code === "unreadable" ? code : "broken";
      if (!stop.signal.aborted) this.#tell({ type: "not-sent", id, to, why });
    } finally {
      if (this.#sending.get(key) === stop) this.#sending.delete(key);
    }
  }

  #hasRoomFor(to: string): boolean {
    const toOne = [...this.#sending.keys()].filter((key) => key.endsWith(` ${to}`)).length;
    return this.#sending.size < MAX_SENDING && toOne < MAX_SENDING_TO_ONE;
  }

  #withdraw(id: FileId): void {
    this.#reading.get(id)?.abort();
    this.#sources.delete(id);
    for (const [key, stop] of this.#sending) if (key.startsWith(`${id} `)) stop.abort();
  }

  #receive(order: Receive): void {
    const key = inwards(order);
    const known = this.#incoming.get(key);
    const stop = new AbortController();
    known?.stop.abort();
    if (known === undefined && this.#incoming.size >= MAX_RECEIVING) {
      order.secret.wipe();
      return this.#tell({ type: "not-received", ...nameOf(order), done: 0, why: "broken" });
    }
    const incoming: Incoming = known ?? { part: null, stop, work: Promise.resolve() };
    incoming.stop = stop;
    this.#incoming.set(key, incoming);
    // Waited for from this moment on: the sender may be faster than the disk.
    const pipe = this.#reception.expect(order, stop.signal);
    pipe.catch(() => undefined);
    incoming.work = incoming.work.then(() => this.#take(order, incoming, { pipe, signal: stop.signal }));
    return this.#run(incoming.work);
  }

  async #take(
    order: Receive,
    incoming: Incoming,
    { pipe, signal }: { pipe: Promise<PipeReader>; signal: AbortSignal },
  ): Promise<void> {
    const file = nameOf(order);
    try {
      const part = await this.#part(order, incoming);
      signal.throwIfAborted();
      const progress = (done: number): void => this.#progress(inwards(order), { type: "receiving", ...file, done });
      const sender = await receiveFile({ order, part, pipe, signal, progress });
      const path = await part.keepAs(safeFileName(order.name));
      this.#incoming.delete(inwards(order));
      this.#tell({ type: "saved", ...file, path });
      sender.end();
    } catch (failure) {
      const ours = signal.aborted;
      pipe.then(
        (unwanted) => unwanted.abort(),
        () => undefined,
      );
      order.secret.wipe();
      if (ours) return;
      const why = reasonOf(failure);
      const done = why === "broken" ? (incoming.part?.written ?? 0) : 0;
      if (why !== "broken") await this.#drop(inwards(order), "inside");
      this.#tell({ type: "not-received", ...file, done, why });
    }
  }

  async #part(order: Receive, incoming: Incoming): Promise<PartFile> {
    const present = incoming.part;
    if (present !== null && present.written === order.offset) return present;
    // It begins anew: what is there is of another try.
    await present?.remove();
    incoming.part = null;
    if (order.offset !== 0) throw new VigilError("pipe-closed", "network");
    if ((await roomIn(this.#options.folder)) < order.size) throw new VigilError("disk-full", "device");
    incoming.part = await PartFile.create(this.#options.folder);
    return incoming.part;
  }

  /** Ends receiving a file, also from outside of its own work, and removes what has come. Never rejects. */
  #drop(key: string, from: "inside" | "outside" = "outside"): Promise<void> {
    const incoming = this.#incoming.get(key);
    if (incoming === undefined) return Promise.resolve();
    this.#incoming.delete(key);
    incoming.stop.abort();
    const before = from === "outside" ? incoming.work : Promise.resolve();
    const removing = before
      .then(() => incoming.part?.remove())
      .catch((defect: unknown) => this.#options.reportDefect(defect))
      .finally(() => this.#removing.delete(removing));
    this.#removing.add(removing);
    return removing;
  }

  #progress(key: string, event: FileEvent): void {
    const now = this.#options.clock.elapsed();
    if (now - (this.#lastTold.get(key) ?? Number.NEGATIVE_INFINITY) < TELL_EVERY_MS) return;
    this.#lastTold.set(key, now);
    this.#tell(event);
  }

  #tell(event: FileEvent): void {
    this.#events.emit(event);
  }
}

function reasonOf(failure: unknown): LostFile {
  const code = codeOf(failure);
  if (code === "chunk-forged" || code === "damaged") return "damaged";
  if (code === "disk-full" || code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG") return "disk-full";
  if (failure instanceof VigilError) return "broken";
  return "unwritable";
}

const outwards = ({ id, to }: { id: FileId; to: string }): string => `${id} ${to}`;
const inwards = ({ from, id }: { from: string; id: FileId }): string => `${from} ${id}`;
const nameOf = ({ from, id }: Receive): Pick<Receive, "from" | "id"> => ({ from, id });
