import { childChannel } from "../../../electron/host/child-channel.ts";
import type { Host, Port } from "../../../electron/host/port.ts";
import { serveHost } from "../../../electron/host/serve.ts";

// A host for tests of the window alone: it answers every message of the page with an echo, gives each frames worker
// numbered keys, and dies when the page says so.
const invites: string[] = [];
let pages = 0;
let page: Port | null = null;

const host: Host = {
  attachPage(contract) {
    page = contract;
    pages++;
    contract.listen((message) => {
      if (message === "die") process.exit(9);
      contract.post(
        message === "attach" ? { channel: "snapshot", pages, invites, pid: process.pid } : { echo: message },
      );
    });
  },
  attachFrames(keys) {
    for (let key = 0; key < 20; key++) keys.post({ key });
  },
  openExternalInvite(link) {
    invites.push(link);
    page?.post({ invite: link });
  },
  stop: () => Promise.resolve(),
};
serveHost(childChannel(), host, (code) => process.exit(code));
