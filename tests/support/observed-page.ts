import type { KeyMessage } from "../../core/contract/key-messages.ts";
import type { MediaDirective } from "../../core/contract/media-messages.ts";
import { PORTS } from "../../core/contract/port-words.ts";
import type { ScreenOf, Snapshot } from "../../core/contract/snapshots.ts";
import type { Client } from "./client.ts";
import { framesWorker } from "./frame-tap.ts";

/** When something reached the page, in ms since the Unix epoch by the machine's one clock. */
interface Noted {
  readonly at: number;
  /** A message of the contract as JSON. */
  readonly text: string;
}

/** A message about keys, as the frames worker was given it. */
export type NotedKey = KeyMessage & { readonly at: number };

/** What one media link of the page has received of one sort. */
export interface Arrival {
  /** SHA-256 of the certificate that the other end showed, as the contract writes it; empty for a link that never was one. */
  readonly from: string;
  readonly kind: string;
  /** When the last packet of media came, in ms since the Unix epoch; 0 before the first. */
  readonly lastAt: number;
}

declare global {
  var vigilNoted: Noted[] | undefined;
  var vigilKeyMessages: NotedKey[] | undefined;
  var vigilLinks: RTCPeerConnection[] | undefined;
  /** True in a client that lets go of nothing, whatever it is told. */
  var vigilHoldsOn: boolean | undefined;
  var vigilKeys: ((messages: readonly KeyMessage[]) => void) | undefined;
}

/**
 * Notes what reaches the page and the keys that reach its frames worker, from now on. Nothing of the app is changed: the test reads
 * what its own debugger shows it, as only somebody can who already drives this client. The client must be on its home screen.
 */
export async function observe(client: Client): Promise<void> {
  await client.page.addInitScript(noteInPage, PORTS);
  // A worker that was there before the test looked in is not shown to it; that of a fresh page is.
  await client.page.reload();
  await client.button("Start a meeting").waitFor();
  const worker = await framesWorker(client);
  await client.until("the worker's way to its keys", () => worker.evaluate(() => globalThis.vigilKeys !== undefined));
  await worker.evaluate(noteInWorker);
}

/** Every message of the host that has reached the page since. */
export function notedMessages(client: Client): Promise<readonly Noted[]> {
  return client.page.evaluate(() => globalThis.vigilNoted ?? []);
}

/** What the host last told this page to show. */
export async function lastView(client: Client): Promise<Snapshot["view"]> {
  const text = await client.page.evaluate(
    () => (globalThis.vigilNoted ?? []).findLast(({ text: noted }) => noted.includes('"channel":"snapshot"'))?.text,
  );
  if (text === undefined) throw new Error(`${client.name} was told nothing to show`);
  return (JSON.parse(text) as { body: Snapshot }).body.view;
}

/** The same in a call. */
export async function callView(client: Client): Promise<ScreenOf<"call">> {
  const view = await lastView(client);
  if (view.screen !== "call") throw new Error(`${client.name} is on the screen ${view.screen}`);
  return view;
}

/** What the host has told this page about media links, and when. */
export async function notedDirectives(client: Client): Promise<(MediaDirective & { readonly at: number })[]> {
  return (await notedMessages(client)).flatMap(({ at, text }) => {
    const { channel, body } = JSON.parse(text) as { channel: string; body: MediaDirective };
    return channel === "media" ? [{ ...body, at }] : [];
  });
}

/** Every key message that has reached the frames worker since. */
export async function notedKeys(client: Client): Promise<readonly NotedKey[]> {
  return (await framesWorker(client)).evaluate(() => globalThis.vigilKeyMessages ?? []);
}

/** From now on no media link of this client closes, whoever asks for it. */
export async function holdOn(client: Client): Promise<void> {
  await client.page.evaluate(() => {
    globalThis.vigilHoldsOn = true;
  });
}

/** Ends what `holdOn` began, and every link that it kept. */
export async function letGo(client: Client): Promise<void> {
  await client.page.evaluate(() => {
    globalThis.vigilHoldsOn = false;
    for (const link of globalThis.vigilLinks?.splice(0) ?? []) link.close();
  });
}

/** What each media link of this page has received, also those that are not in use any more. */
export function arrivals(client: Client): Promise<Arrival[]> {
  return client.page.evaluate(async () => {
    const links = globalThis.vigilLinks ?? [];
    const reports = await Promise.all(links.map((link) => link.getStats()));
    const fingerprintOf = (link: RTCPeerConnection | undefined): string =>
      /a=fingerprint:sha-256 ([0-9A-F:]+)/i.exec(link?.remoteDescription?.sdp ?? "")?.[1] ?? "";
    return reports.flatMap((report, index) =>
      [...(report as unknown as Map<string, Record<string, unknown>>).values()]
        .filter(({ type }) => type === "inbound-rtp")
        .map((stats) => ({
          from: fingerprintOf(links[index]).replaceAll(":", "").toLowerCase(),
          kind: String(stats["kind"]),
          lastAt: Number(stats["lastPacketReceivedTimestamp"] ?? 0),
        })),
    );
  });
}

/** Runs in every fresh page, before the app's own scripts. */
function noteInPage(ports: string): void {
  const noted: Noted[] = [];
  const links: RTCPeerConnection[] = [];
  globalThis.vigilNoted = noted;
  globalThis.vigilLinks = links;
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.data !== ports) return;
    event.ports[0]?.addEventListener("message", (message: MessageEvent<unknown>) => {
      noted.push({ at: Date.now(), text: JSON.stringify(message.data) });
    });
  });
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      links.push(this);
    }

    override close(): void {
      if (globalThis.vigilHoldsOn !== true) super.close();
    }
  };
  // One channel closed by this end would be news to the other, whose link would end with it.
  const closeChannel = Object.getOwnPropertyDescriptor(RTCDataChannel.prototype, "close")?.value as () => void;
  RTCDataChannel.prototype.close = function close(this: RTCDataChannel): void {
    if (globalThis.vigilHoldsOn !== true) closeChannel.call(this);
  };
}

/** Runs in the frames worker: what the window hands over goes on as it came. */
function noteInWorker(): void {
  const noted: NotedKey[] = [];
  globalThis.vigilKeyMessages = noted;
  const handOver = globalThis.vigilKeys;
  globalThis.vigilKeys = (messages) => {
    for (const message of messages) noted.push({ ...message, at: Date.now() });
    handOver?.(messages);
  };
}
