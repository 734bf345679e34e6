import { createHash, randomUUID } from "node:crypto";
import { mkdir, rm, stat } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { MAX_INVITE_CHARACTERS } from "../../core/contract/limits.ts";

/** The longest path that a Unix socket may have on every system, with room for the final zero. */
const MAX_SOCKET_PATH = 100;
const MAX_LINE = 2 * MAX_INVITE_CHARACTERS;
const ANSWER_LIMIT_MS = 2000;
/** A takeover that has not ended by then has crashed. */
const TAKEOVER_LIMIT_MS = 5000;
const TAKEOVER_RETRY_MS = 50;

export type Instance =
  /** This process is the profile's only one, until `release`. */
  | { readonly first: true; release(): Promise<void> }
  /** Another runs already and has been told. */
  | { readonly first: false };

export interface InstanceOptions {
  readonly profile: string;
  /** What to hand to one that runs already: an invite link, or an empty line just to show itself. */
  readonly invite: string | null;
  /** A later start on this profile has handed over an invite (null if it had none). */
  readonly onSecond: (invite: string | null) => void;
}

/**
 * Makes sure that one process uses a profile. The proof of life is a socket that only the owner can reach:
 * whoever answers on it is running; what does not answer is left over from a crash and is taken over.
 */
export async function claimProfile(options: InstanceOptions): Promise<Instance> {
  const path = await socketPath(options.profile);
  const takeover = join(options.profile, ".takeover");
  for (;;) {
    if (await tellRunning(path, options.invite)) return { first: false };
    if (await enterTakeover(takeover)) break;
    // Another start is at this very point: it will answer in a moment.
    await sleep(TAKEOVER_RETRY_MS);
  }
  try {
    // Somebody may have become the first between the question and the takeover.
    if (await tellRunning(path, options.invite)) return { first: false };
    await rm(path, { force: true });
    const server = await listen(path, options.onSecond);
    return { first: true, release: () => close(server) };
  } finally {
    await rm(takeover, { recursive: true, force: true });
  }
}

async function socketPath(profile: string): Promise<string> {
  const digest = createHash("sha256").update(profile).digest("hex").slice(0, 32);
  if (process.platform === "win32") return `\\\\.\\pipe\\vigil-${digest}`;
  const inside = join(profile, "instance");
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH) return inside;
  const folder = join(tmpdir(), `vigil-${userInfo().uid}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const made = await stat(folder);
  // A folder that somebody else made first could be theirs to listen in: then only this process' own will do.
  return made.uid === userInfo().uid && (made.mode & 0o077) === 0
    ? join(folder, digest)
    : join(tmpdir(), `vigil-${randomUUID().slice(0, 8)}`);
}

/** True when a running instance has taken the word. */
function tellRunning(path: string, invite: string | null): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const finish = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(ANSWER_LIMIT_MS, () => finish(true));
    socket.once("connect", () => socket.end(`${(invite ?? "").slice(0, MAX_LINE)}\n`));
    socket.once("data", () => finish(true));
    socket.once("error", () => finish(false));
    socket.once("close", () => finish(false));
  });
}

/** True for the one start that may become the first. Throws when the profile folder is gone. */
async function enterTakeover(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
    return true;
  } catch (failure) {
    const made = await stat(path).catch(() => null);
    if (made === null && !isExisting(failure)) throw failure;
    if (made !== null && Date.now() - made.mtimeMs > TAKEOVER_LIMIT_MS)
      await rm(path, { recursive: true, force: true });
    return false;
  }
}

function isExisting(failure: unknown): boolean {
  return failure instanceof Error && "code" in failure && failure.code === "EEXIST";
}

function listen(path: string, onSecond: (invite: string | null) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let line = "";
    socket.setEncoding("utf8");
    socket.setTimeout(ANSWER_LIMIT_MS, () => socket.destroy());
    socket.on("error", () => socket.destroy());
    socket.on("data", (text: string) => {
      line += text;
      if (line.length > MAX_LINE + 1) {
        socket.destroy();
        return;
      }
      if (!line.endsWith("\n")) return;
      socket.end("ok\n");
      const invite = line.trim();
      onSecond(invite === "" ? null : invite);
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    const before = process.umask(0o177);
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
    process.umask(before);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
