// Runs the host inside the network namespace that VIGIL_NAMESPACE names: what the window says to it and it answers passes through here.
import { spawn } from "node:child_process";
import { join } from "node:path";

const hostFile = join(import.meta.dirname, "..", "..", "..", "dist", "host", "entry.js");
const namespace = process.env["VIGIL_NAMESPACE"] ?? "";
const host = spawn("ip", ["netns", "exec", namespace, process.execPath, hostFile, ...process.argv.slice(2)], {
  stdio: ["ignore", "inherit", "inherit", "ipc"],
  serialization: "advanced",
});
host.on("message", (message) => process.send?.(message));
process.on("message", (message) => {
  if (host.connected) host.send(message as object, () => undefined);
});
process.on("disconnect", () => host.kill("SIGKILL"));
host.on("exit", (code) => process.exit(code ?? 1));
