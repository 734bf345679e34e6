import { createLibp2pMesh } from "../../../core/mesh/libp2p/mesh.ts";
import { Secret } from "../../../core/base/secret.ts";
import { DiskFileCarrier } from "../../../electron/files/carrier.ts";
import { systemClock, systemRandom } from "../../../electron/host/platform.ts";
import { usePlatformCrypto } from "../../../electron/host/platform-crypto.ts";
import { PARTS, type Order } from "./orders.ts";
import { bareNode, BARE_PROTOCOL } from "./bare-node.ts";

// The receiving end of the file bench, in a process of its own: what comes is thrown away, or saved as a file.

usePlatformCrypto();
const [folder = ""] = process.argv.slice(2);
const tell = (message: unknown): void => void process.send?.(message);

const bare = await bareNode();
await bare.handle(BARE_PROTOCOL, (stream) => {
  let got = 0;
  stream.addEventListener("message", ({ data }) => {
    got += data.byteLength;
  });
  stream.addEventListener("remoteCloseWrite", () => {
    tell({ type: "bare-done", got });
    void stream.close();
  });
});
const mesh = await createLibp2pMesh({
  rendezvousTag: "bench-of-files",
  relays: [],
  localDiscovery: false,
  dialsItself: true,
  clock: systemClock,
  random: systemRandom,
});
const carrier = new DiskFileCarrier({
  clock: systemClock,
  folder,
  chooseFile: () => Promise.resolve(null),
  reportDefect: (defect) => console.error(defect),
});
carrier.begin(mesh.pipes);
carrier.subscribe((event) => {
  if (event.type !== "receiving") tell({ type: "file", event: event.type });
});
process.on("message", (order: Order) => {
  if (order.type === "members") mesh.setMembers([order.peer]);
  if (order.type !== "receive") return;
  const secret = new Secret("transfer-secret", Uint8Array.from(Buffer.from(order.secret, "hex")));
  const hash = Uint8Array.from(Buffer.from(order.hash, "hex"));
  carrier.carry({ ...PARTS, ...order, secret, hash, offset: 0 });
  tell({ type: "expected" });
});
process.on("disconnect", () => process.exit(0));
tell({
  type: "ready",
  peer: mesh.self,
  addresses: mesh.addresses(),
  bare: bare.getMultiaddrs().map((address) => address.toString()),
});
