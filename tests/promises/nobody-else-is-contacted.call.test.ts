import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Cast, meet } from "../support/cast.ts";
import type { Client } from "../support/client.ts";
import { seesAndHears } from "../support/link-figures.ts";
import { socketsOf } from "../support/sockets.ts";
import { readContacts, traceInto, tracingAvailable, type Contact } from "../support/traced-network.ts";

/** mDNS (RFC 6762, section 3): link-local multicast, which local discovery uses and which no router passes on. */
const MULTICAST_DNS = ["224.0.0.251", "ff02::fb"];
const OBSERVED_MS = 8_000;

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
    await ana.until("Ben's picture and sound", async () => members.note() && seesAndHears(ana, ["Ben"]));
    await ana.sendChat("hello");
    const end = performance.now() + OBSERVED_MS;
    await ana.until("the end of the observation", () => Promise.resolve(members.note() && performance.now() > end));
    await ana.leave();
    await ana.stop();

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
  readonly #ownAddresses = new Set(Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address)));

  constructor(clients: readonly Client[]) {
    this.#clients = clients;
    this.note();
  }

  note(): boolean {
    for (const { pid } of this.#clients) for (const { protocol, port } of socketsOf(pid)) this.#held.add(`${protocol} ${port}`);
    return true;
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
  return [...new Set(contacts.map(({ protocol, call, remote }) => `${call} ${protocol} ${remote?.address ?? "?"}:${remote?.port ?? "?"}`))];
}
