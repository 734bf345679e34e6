import { childChannel } from "../../../electron/host/child-channel.ts";
import type { Host, Port } from "../../../electron/host/port.ts";
import { serveHost } from "../../../electron/host/serve.ts";

// A host for tests of the window alone: it answers every message of the page with an echo, gives each frames worker
// numbered keys, and dies when the page says so. It has a place from the first page on, of which the next one tells the page a byte.
const invites: string[] = [];
const channel = childChannel();
let pages = 0;
let returned: number | null = null;
let page: Port | null = null;

const host: Host = {
  attachPage(contract) {
    page = contract;
    pages++;
    channel.post({ type: "keep-place", part: { type: "keys", keys: new Uint8Array(96).fill(7) } });
    channel.post({ type: "keep-place", part: { type: "card", card: Uint8Array.of(9) } });
    channel.post({ type: "keep-place", part: { type: "entries", entries: [Uint8Array.of(11)] } });
    contract.listen((message) => {
      if (message === "die") process.exit(9);
      contract.post(
        message === "attach" ? { channel: "snapshot", pages, invites, returned, pid: process.pid } : { echo: message },
      );
    });
  },
  attachFrames(keys) {
    for (let key = 0; key < 20; key++) keys.post({ key });
  },
  returnTo({ keys, card, entries }) {
    returned = (keys.reveal()[95] ?? 0) + (card[0] ?? 0) + (entries[0]?.[0] ?? 0);
  },
  openExternalInvite(link) {
    invites.push(link);
    page?.post({ invite: link });
  },
  stop: () => Promise.resolve(),
};
serveHost(channel, host, (code) => process.exit(code));
