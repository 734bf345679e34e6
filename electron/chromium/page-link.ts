import type { CDPSession, Page } from "playwright-core";
import { readRelayWord, type RelayCommand } from "./relay-words.ts";

/** The world of the relay script; only its code sees the binding. */
const WORLD = "vigil";

/** One attached document, as the link's owner sees it. */
export interface Attachment {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
  /** Called once when the document is gone: reloaded, crashed or closed. */
  onGone(listener: () => void): void;
  /** Closes the page's port: the page learns that the host is gone. */
  close(): void;
}

export interface PageLinkOptions {
  readonly page: Page;
  readonly origin: string;
  readonly relayScript: string;
  onAttach(attachment: Attachment): void;
  /** The person wants everything gone. */
  onQuit(): void;
}

interface Context {
  readonly id: number;
  readonly origin: string;
  readonly name: string;
  readonly auxData?: { readonly frameId?: string };
}

/**
 * Joins the page to this process over the debugging pipe. The relay script runs in each new main-frame document of `origin`;
 * words from any other frame, origin or world are dropped.
 */
export async function linkPage(options: PageLinkOptions): Promise<CDPSession> {
  const session = await options.page.context().newCDPSession(options.page);
  const contexts = new Set<number>();
  const attached = new Map<number, DocumentLink>();
  const gone = (contextId: number): void => {
    contexts.delete(contextId);
    attached.get(contextId)?.gone();
    attached.delete(contextId);
  };
  const allGone = (): void => [...contexts].forEach(gone);
  const { frameTree } = await session.send("Page.getFrameTree");

  session.on("Runtime.executionContextCreated", ({ context }: { context: Context }) => {
    const mainFrame = context.auxData?.frameId === frameTree.frame.id;
    if (mainFrame && context.name === WORLD && context.origin === options.origin) contexts.add(context.id);
  });
  session.on("Runtime.executionContextDestroyed", ({ executionContextId }) => gone(executionContextId));
  session.on("Runtime.executionContextsCleared", allGone);
  options.page.on("crash", allGone);
  options.page.on("close", allGone);
  session.on("Runtime.bindingCalled", ({ name, payload, executionContextId }) => {
    if (name !== "vigilDown" || !contexts.has(executionContextId)) return;
    const word = readRelayWord(payload);
    if (word === null) return;
    if (word.type === "quit") return options.onQuit();
    if (word.type === "message") {
      attached.get(executionContextId)?.deliver(word.id, word.body);
      return;
    }
    attached.get(executionContextId)?.gone();
    const link = new DocumentLink(word.id, (command) => say(session, executionContextId, command));
    attached.set(executionContextId, link);
    options.onAttach(link);
  });
  await Promise.all([
    session.send("Runtime.addBinding", { name: "vigilDown", executionContextName: WORLD }),
    session.send("Page.enable"),
    session.send("Page.addScriptToEvaluateOnNewDocument", { source: options.relayScript, worldName: WORLD }),
    session.send("Runtime.enable"),
  ]);
  return session;
}

/** Commands go out in order and none waits for the answer to another; one to a document that is gone is lost with it. */
function say(session: CDPSession, contextId: number, command: RelayCommand): void {
  const expression = `vigilUp(${JSON.stringify(JSON.stringify(command))})`;
  session.send("Runtime.evaluate", { expression, contextId, silent: true }).catch(() => undefined);
}

class DocumentLink implements Attachment {
  readonly #id: string;
  readonly #say: (command: RelayCommand) => void;
  readonly #goneListeners: (() => void)[] = [];
  #listener: ((message: unknown) => void) | null = null;
  #live = true;

  constructor(id: string, say: (command: RelayCommand) => void) {
    this.#id = id;
    this.#say = say;
  }

  post(message: unknown): void {
    if (this.#live) this.#say({ type: "messages", id: this.#id, bodies: [message] });
  }

  listen(listener: (message: unknown) => void): void {
    this.#listener = listener;
  }

  onGone(listener: () => void): void {
    this.#goneListeners.push(listener);
  }

  close(): void {
    if (!this.#live) return;
    this.#live = false;
    this.#say({ type: "close", id: this.#id });
  }

  deliver(id: string, message: unknown): void {
    if (this.#live && id === this.#id) this.#listener?.(message);
  }

  gone(): void {
    this.#live = false;
    for (const listener of this.#goneListeners.splice(0)) listener();
  }
}
