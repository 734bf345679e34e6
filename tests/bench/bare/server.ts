import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const simplePeer = join(createRequire(import.meta.url).resolve("simple-peer"), "..", "simplepeer.min.js");
const files: Readonly<Record<string, { path: string; type: string }>> = {
  "/": { path: join(import.meta.dirname, "page.html"), type: "text/html" },
  "/page.js": { path: join(import.meta.dirname, "page.js"), type: "text/javascript" },
  "/simplepeer.min.js": { path: simplePeer, type: "text/javascript" },
};

export interface BareServer {
  /** `http://127.0.0.1:<port>/`. */
  readonly url: string;
  /** Forgets everybody, so that the next to enter finds an empty room. */
  clear(): void;
  close(): Promise<void>;
}

/** The signalling server of the bare mesh: one room, events down as server-sent events, signals up as POSTs. Loopback only. */
export async function startBareServer(): Promise<BareServer> {
  const room = new Map<string, ServerResponse>();
  const server = createServer((request, response) => void answer(room, request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const clear = (): void => {
    for (const response of room.values()) response.end();
    room.clear();
  };
  return {
    url: `http://127.0.0.1:${port}/`,
    clear,
    close: async () => {
      clear();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function answer(
  room: Map<string, ServerResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  if (url.pathname === "/events") return enterRoom(room, url.searchParams.get("self") ?? "", response);
  if (url.pathname === "/signal") return passOn(room, request, response);
  const file = files[url.pathname];
  response.writeHead(file === undefined ? 404 : 200, { "content-type": file?.type ?? "text/plain" });
  response.end(file === undefined ? "" : await readFile(file.path));
}

function enterRoom(room: Map<string, ServerResponse>, self: string, response: ServerResponse): void {
  response.socket?.setNoDelay(true);
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  for (const other of room.values()) other.write(`data: ${JSON.stringify({ from: self })}\n\n`);
  room.set(self, response);
  response.once("close", () => room.delete(self));
}

async function passOn(
  room: Map<string, ServerResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += String(chunk);
  const { from, to, signal } = JSON.parse(body) as { from: string; to: string; signal: unknown };
  room.get(to)?.write(`data: ${JSON.stringify({ from, signal })}\n\n`);
  response.writeHead(204).end();
}
