import { Emitter } from "../../core/base/emitter.ts";
import type { Ending } from "../../core/base/scope.ts";
import type { Command } from "../../core/contract/commands.ts";
import { checkUp, type DownMessage } from "../../core/contract/contract.ts";
import type { MediaDirective, MediaReport } from "../../core/contract/media-messages.ts";
import type { Snapshot } from "../../core/contract/snapshots.ts";

/** The page's end of the contract. */
export interface Bridge {
  /** The newest snapshot, null before the first. The same object until the next arrives. */
  snapshot(): Snapshot | null;
  subscribeSnapshots(listener: () => void): Ending;
  subscribeDirectives(listener: (directive: MediaDirective) => void): Ending;
  /** Called when the host closes the port, in browsers that tell (Electron does). */
  subscribeClosed(listener: () => void): Ending;
  send(command: Command): void;
  report(report: MediaReport): void;
  close(): void;
}

/** What of a MessagePort the bridge uses. */
export type ContractPort = Pick<
  MessagePort,
  "postMessage" | "addEventListener" | "removeEventListener" | "start" | "close"
>;

/**
 * Speaks the contract over a port. Every message is checked on arrival; one that does not fit is refused whole and named on the console
 * by where it broke the contract, never with its content. A snapshot older than the newest seen is passed over.
 */
export function createBridge(port: ContractPort): Bridge {
  const snapshots = new Emitter<void>();
  const directives = new Emitter<MediaDirective>();
  const closed = new Emitter<void>();
  let newest: Snapshot | null = null;

  const onMessage = (event: Event): void => {
    const checked = checkUp(event instanceof MessageEvent ? event.data : undefined);
    if (!checked.ok) {
      console.error(checked.error.code, checked.error.where);
      return;
    }
    const message = checked.value;
    if (message.channel === "media") {
      directives.emit(message.body);
    } else if (newest === null || message.body.revision >= newest.revision) {
      newest = message.body;
      snapshots.emit();
    }
  };
  const onClose = (): void => closed.emit();
  const post = (message: DownMessage): void => port.postMessage(message);

  port.addEventListener("message", onMessage);
  port.addEventListener("close", onClose);
  port.start();
  return {
    snapshot: () => newest,
    subscribeSnapshots: (listener) => snapshots.subscribe(listener),
    subscribeDirectives: (listener) => directives.subscribe(listener),
    subscribeClosed: (listener) => closed.subscribe(listener),
    send: (body) => post({ channel: "command", body }),
    report: (body) => post({ channel: "media", body }),
    close: () => {
      port.removeEventListener("message", onMessage);
      port.removeEventListener("close", onClose);
      port.close();
    },
  };
}
