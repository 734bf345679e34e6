import { fork } from "node:child_process";
import * as v from "valibot";
import { fromHost, type FromHost, type ToHost } from "../host/control.ts";
import { Trunk, type TrunkPort } from "../host/trunk.ts";

/** How long a host may take to leave its meeting and wipe its keys. */
const STOP_LIMIT_MS = 3000;

export interface HostProcess {
  readonly pid: number | undefined;
  readonly alive: boolean;
  /** Hands it the place of the host that died before it; the bytes are copied. */
  giveBack(place: Extract<ToHost, { type: "return" }>): void;
  /** A new page or frames worker: this side's end of its port. */
  attach(what: "attach-page" | "attach-frames"): TrunkPort;
  openInvite(link: string): void;
  /** Asks the host to leave and waits for its end; kills it when that takes longer than 3 s. */
  stop(): Promise<void>;
}

export interface HostProcessOptions {
  readonly hostFile: string;
  readonly profile: string;
  /** Where received files go. */
  readonly downloads: string;
  onPageServed(): void;
  /** The host asks for the end of the app. */
  onEndApp(): void;
  /** A part of the host's place in a meeting; it may come a moment after `onExit`. */
  onPlace(part: Extract<FromHost, { type: "keep-place" }>["part"]): void;
  /** Asks the person for a file; null when they choose none. Never rejects. */
  chooseFile(): Promise<string | null>;
  onExit(): void;
}

/** Runs the host as a child of this process. */
export function startHostProcess(options: HostProcessOptions): HostProcess {
  const child = fork(options.hostFile, ["--profile", options.profile, "--downloads", options.downloads], {
    // Memory given back early: the host idles most of the time.
    execArgv: ["--max-semi-space-size=8", "--disable-warning=ExperimentalWarning"],
    serialization: "advanced",
  });
  let alive = true;
  const trunk = new Trunk({
    send(frame) {
      if (child.connected) child.send(frame, () => undefined);
    },
    listen: (listener) => void child.on("message", listener),
  });
  const post = (message: ToHost, ports = 0): readonly TrunkPort[] => trunk.post(message, ports);
  trunk.listen((raw) => {
    const parsed = v.safeParse(fromHost, raw);
    if (!parsed.success) return;
    if (parsed.output.type === "page-served") options.onPageServed();
    if (parsed.output.type === "end-app") options.onEndApp();
    if (parsed.output.type === "keep-place") options.onPlace(parsed.output.part);
    if (parsed.output.type === "choose-file") {
      const { id } = parsed.output;
      void options.chooseFile().then((path) => post({ type: "file-chosen", id, path }));
    }
    // This window has no keychain to offer.
    if (parsed.output.type === "keychain") post({ type: "keychain-answer", id: parsed.output.id, data: null });
  });
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      if (!alive) return;
      alive = false;
      trunk.end();
      options.onExit();
      resolve();
    };
    child.once("exit", end);
    child.once("error", end);
  });
  return {
    pid: child.pid,
    get alive() {
      return alive;
    },
    attach(what) {
      const [port] = post({ type: what }, 1);
      if (port === undefined) throw new RangeError("a port was asked for");
      return port;
    },
    giveBack: (place) => void post(place),
    openInvite: (link) => void post({ type: "open-invite", link }),
    async stop() {
      if (!alive) return;
      post({ type: "stop" });
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
