import type { Command } from "../../core/contract/commands.ts";
import { checkDown, checkUp, type UpMessage } from "../../core/contract/contract.ts";
import type { MediaDirective, MediaReport } from "../../core/contract/media-messages.ts";
import { HOST_GONE, PAGE_READY, PORTS } from "../../core/contract/port-words.ts";
import type { Snapshot } from "../../core/contract/snapshots.ts";
import { answer, type DoubleState } from "./contract-answers.ts";

/** A host in the page's own window, made from the contract: it checks every word with the schemas that the real host uses. */
export class ContractDouble {
  readonly commands: Command[] = [];
  readonly reports: MediaReport[] = [];
  /** What the page sent that the contract does not allow. */
  readonly violations: string[] = [];
  #state: DoubleState;
  #revision = 0;
  #port: MessagePort | null = null;
  readonly #page: Window;
  /** While true, no page gets an answer: a host that does not start. */
  mute = false;
  /** While true, commands are only noted and change nothing. */
  still = false;

  constructor(page: Window, first: DoubleState) {
    this.#state = first;
    this.#page = page;
    page.addEventListener("message", (event: MessageEvent<unknown>) => {
      if (event.source === page && event.data === PAGE_READY && !this.mute) this.#attach(page);
    });
  }

  state(): DoubleState {
    return this.#state;
  }

  show(state: Partial<DoubleState>): void {
    this.#state = { ...this.#state, ...state };
    this.#post({ channel: "snapshot", body: this.#snapshot() });
  }

  direct(directive: MediaDirective): void {
    this.#post({ channel: "media", body: directive });
  }

  /** Something that no host of ours would say. */
  postRaw(message: unknown): void {
    this.#port?.postMessage(message);
  }

  /** As when the host dies: the port closes, and the window says so. */
  die(): void {
    this.#port?.close();
    this.#port = null;
    this.#page.postMessage(HOST_GONE, this.#page.location.origin);
  }

  /** As when a fresh host takes the dead one's place: it knows of no meeting. */
  renew(): void {
    this.#state = { ...this.#state, view: { screen: "home", invite: "" }, problem: null };
  }

  #attach(page: Window): void {
    const channel = new MessageChannel();
    this.#port = channel.port1;
    channel.port1.onmessage = (event: MessageEvent<unknown>) => this.#hear(event.data);
    page.postMessage(PORTS, page.location.origin, [channel.port2]);
  }

  #hear(message: unknown): void {
    const checked = checkDown(message);
    if (!checked.ok) {
      this.violations.push(checked.error.where);
      return;
    }
    if (checked.value.channel === "media") {
      this.reports.push(checked.value.body);
      return;
    }
    this.commands.push(checked.value.body);
    this.show(this.still ? {} : answer(this.#state, checked.value.body));
  }

  #snapshot(): Snapshot {
    return { revision: ++this.#revision, ...this.#state };
  }

  #post(message: UpMessage): void {
    const copy: unknown = structuredClone(message);
    const checked = checkUp(copy);
    if (!checked.ok) throw new Error(`the double broke the contract: ${checked.error.where}`);
    this.#port?.postMessage(copy);
  }
}
