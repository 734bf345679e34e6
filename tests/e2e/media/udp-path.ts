import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import type { BrowserContext } from "playwright-core";
import type { MediaReport } from "../../../core/contract/media-messages.ts";
import { hand, meetWithKeys, type MemberPage } from "./pages.ts";

interface Endpoint {
  readonly address: string;
  readonly port: number;
}

async function open(): Promise<Socket> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return socket;
}

/**
 * A stretch of network between two pages that a test can cut and mend, and on which packets can get lost. Each candidate of one
 * page is replaced by a door of this stretch: what the other page sends there comes out at the candidate, from a door that leads
 * back.
 */
export class UdpPath {
  #cut = false;
  #loses: () => boolean = () => false;
  readonly #sockets: Socket[] = [];
  /** For each address that sends through here, the door that leads back to it. */
  readonly #doors = new Map<string, Socket>();

  cut(): void {
    this.#cut = true;
  }

  mend(): void {
    this.#cut = false;
  }

  /** From now on each packet is lost of which this says so. */
  lose(loses: () => boolean): void {
    this.#loses = loses;
  }

  /** The candidate line with a door in place of its address; null for one that is not UDP over IPv4. */
  async through(line: string): Promise<string | null> {
    const parts = line.split(" ");
    const [, , transport, , address = "", port] = parts;
    if (transport?.toLowerCase() !== "udp" || !/^[\d.]+$/.test(address)) return null;
    const door = await this.#doorTo({ address, port: Number(port) });
    parts[4] = "127.0.0.1";
    parts[5] = String(door.address().port);
    return parts.join(" ");
  }

  close(): void {
    for (const socket of this.#sockets) socket.close();
  }

  async #doorTo(to: Endpoint): Promise<Socket> {
    const name = `${to.address}:${to.port}`;
    const known = this.#doors.get(name);
    if (known !== undefined) return known;
    const door = await open();
    this.#sockets.push(door);
    this.#doors.set(name, door);
    door.on("message", (packet, from) => void this.#carry(packet, from, to));
    return door;
  }

  async #carry(packet: Buffer, from: Endpoint, to: Endpoint): Promise<void> {
    const back = await this.#doorTo({ address: from.address, port: from.port });
    if (!this.#cut && !this.#loses()) back.send(packet, to.port, to.address);
  }
}

interface CandidateSignal {
  readonly type: string;
  readonly candidate?: { readonly candidate: string };
}

/** Two pages that play each other, have each other's keys and hear of each other only through the path; no link is open yet. */
export async function meetOnPath(
  context: BrowserContext,
): Promise<{ path: UdpPath; ann: MemberPage; ben: MemberPage }> {
  const path = new UdpPath();
  const [ann, ben] = await meetWithKeys(context);
  joinThrough(path, ann, ben);
  return { path, ann, ben };
}

/** Joins two pages so that all media between them goes through the path. */
function joinThrough(path: UdpPath, left: MemberPage, right: MemberPage): void {
  const carry = (from: MemberPage, to: MemberPage) => {
    let last = Promise.resolve();
    const pass = async (report: Extract<MediaReport, { type: "signal" }>): Promise<void> => {
      const signal = JSON.parse(report.data) as CandidateSignal;
      let data: string | null = report.data;
      if (signal.candidate !== undefined && signal.candidate.candidate !== "") {
        const candidate = await path.through(signal.candidate.candidate);
        data = candidate === null ? null : JSON.stringify({ ...signal, candidate: { ...signal.candidate, candidate } });
      }
      if (data === null) return;
      await hand(to, { type: "signal", member: from.member, generation: report.generation, data });
    };
    from.onReport = (report) => {
      if (report.type === "signal") last = last.then(() => pass(report));
    };
  };
  carry(left, right);
  carry(right, left);
}
