import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Cast, meet } from "../support/cast.ts";
import type { Client } from "../support/client.ts";
import { linkFigures, seesAndHears } from "../support/link-figures.ts";
import { socketsOf } from "../support/sockets.ts";
import { readContacts, traceInto, tracingAvailable, type Contact } from "../support/traced-network.ts";

/** mDNS (RFC 6762, section 3): link-local multicast, which local discovery uses and which no router passes on. */
const MULTICAST_DNS = ["224.0.0.251", "ff02::fb"];
/** Sound alone opens 50 a second. */
const ENOUGH_FRAMES = 400;

const cast = new Cast();
afterAll(() => cast.end());

test.skipIf(!tracingAvailable)(
  "from its start to its end, a client in a call contacts the other member and nobody else (needs strace)",
  async () => {
    const trace = join(cast.folder(), "trace");
    const ben = await cast.start({ name: "Ben" });
    const ana = await cast.start({ name: "Ana", inside: traceInto(trace) });
    const members = new Ports([ana, ben]);
    await meet(ana, [ben]);
    await ana.until("Ben's picture and sound", () => seesAndHears(ana, ["Ben"]));
    await ana.sendChat("hello");
    await ben.button("Chat").click();
    await ben.page.getByText("hello").waitFor();
    const frames = async (): Promise<number> => (await linkFigures(ana))[0]?.framesOpened ?? 0;
    await ana.until("some seconds of the call", async () => (await frames()) > ENOUGH_FRAMES);
    await ana.leave();
    await ana.stop();
    members.end();

    const contacts = readContacts(trace);
    // That the trace is one of a real call: sound and picture went to Ben.
    expect(contacts.filter(({ protocol }) => protocol === "UDP").length).toBeGreaterThan(200);
    expect(contacts.filter(({ protocol }) => protocol === "TCP").length).toBeGreaterThan(0);
    expect(inWords(contacts.filter((contact) => !members.include(contact)))).toEqual([]);
  },
  240_000,
);

/** Every port of this machine that the members' clients held at some time in the call. */
class Ports {
  readonly #clients: readonly Client[];
  readonly #held = new Set<string>();
  readonly #ownAddresses = new Set(
    Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address)),
  );

  readonly #timer: NodeJS.Timeout;

  constructor(clients: readonly Client[]) {
    this.#clients = clients;
    // A candidate's socket lives for a second or so, until a better one is found.
    this.#timer = setInterval(() => this.#note(), 250);
    this.#note();
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #note(): void {
    for (const { pid } of this.#clients)
      for (const { protocol, port } of socketsOf(pid)) this.#held.add(`${protocol} ${port}`);
  }

  /** Whether this contact was with a member: at an address of this machine, at a port that a member's client held. */
  include({ call, protocol, remote }: Contact): boolean {
    // Writing to a connection that somebody else opened, such as the test's own to the debugger's port, contacts nobody new.
    if (protocol === "TCP" && call !== "connect") return true;
    if (remote === null) return false;
    if (protocol === "UDP" && MULTICAST_DNS.includes(remote.address)) return remote.port === 5353;
    const here = this.#ownAddresses.has(remote.address) || remote.address.startsWith("127.");
    return here && this.#held.has(`${protocol} ${remote.port}`);
  }
}

function inWords(contacts: readonly Contact[]): string[] {
  return [
    ...new Set(
      contacts.map(
        ({ protocol, call, remote }) => `${call} ${protocol} ${remote?.address ?? "?"}:${remote?.port ?? "?"}`,
      ),
    ),
  ];
}
