import { parseArgs } from "node:util";
import { childChannel } from "./child-channel.ts";
import { createHost } from "./host.ts";
import { serveHost } from "./serve.ts";
import { utilityChannel } from "./utility-channel.ts";

// The host process. In Electron it is a utilityProcess, in the Chromium window a forked child: only the channel differs.
const { values } = parseArgs({ options: { profile: { type: "string" } } });
const channel = utilityChannel() ?? childChannel();
const host = createHost({ profile: values.profile ?? null });

// The window decides when the host ends; Ctrl+C in a terminal reaches the whole group and must not cut the leaving short.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
serveHost(channel, host, (code) => process.exit(code));
