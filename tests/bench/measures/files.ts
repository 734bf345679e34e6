import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { multiaddr } from "@multiformats/multiaddr";
import type { MemberId } from "../../../core/base/member-id.ts";
import { Secret } from "../../../core/base/secret.ts";
import { createLibp2pMesh } from "../../../core/mesh/libp2p/mesh.ts";
import type { FileEvent } from "../../../core/ports/files.ts";
import type { PeerId } from "../../../core/ports/mesh.ts";
import { DiskFileCarrier } from "../../../electron/files/carrier.ts";
import { systemClock, systemRandom } from "../../../electron/host/platform.ts";
import { usePlatformCrypto } from "../../../electron/host/platform-crypto.ts";
import { BARE_PROTOCOL, bareNode } from "../files/bare-node.ts";
import { PARTS, type Order } from "../files/orders.ts";
import { atLeast, forComparison, type Measure } from "../measure.ts";
import { quantile } from "../quantile.ts";

const ROUNDS = 5;
const FILE_BYTES = 128 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;
const LIMIT_MS = 120_000;
const MIB = 1024 * 1024;
const BEN = "B".repeat(43) as MemberId;

interface Ready {
  readonly peer: PeerId;
  readonly addresses: readonly string[];
  readonly bare: readonly string[];
}

/** A file from disk to disk between two processes, against bytes from memory to nowhere over a bare libp2p stream, in turns. */
export const files: Measure = {
  name: "files",
  async run(say) {
    usePlatformCrypto();
    const folder = mkdtempSync(join(tmpdir(), "vigil-bench-files-"));
    const receiver = fork(join(import.meta.dirname, "..", "files", "receiver.ts"), [folder]);
    try {
      const ready = (await message(receiver, "ready")) as Ready;
      const bare = await bareSender(receiver, ready);
      const file = await fileSender(receiver, ready, folder);
      const rounds: { bare: number; file: number }[] = [];
      for (let round = 0; round < ROUNDS; round++) rounds.push({ bare: await bare.send(), file: await file.send() });
      await Promise.all([bare.stop(), file.stop()]);
      const speed = (ms: number): number => FILE_BYTES / MIB / (ms / 1_000);
      const ratios = rounds.map((round) => round.bare / round.file);
      say(`ratios ${ratios.map((ratio) => ratio.toFixed(2)).join(", ")}`);
      const middle = (values: number[]): number | null => quantile(values, 0.5);
      const what = `${FILE_BYTES / MIB} MiB between two processes on loopback`;
      return [
        forComparison({
          what: `${what}: bare libp2p stream`,
          value: middle(rounds.map((one) => speed(one.bare))),
          unit: "MiB/s",
        }),
        forComparison({
          what: `${what}: a file, sealed and saved`,
          value: middle(rounds.map((one) => speed(one.file))),
          unit: "MiB/s",
        }),
        atLeast(0.4, {
          what: `${what}: file to bare stream, median of ${ROUNDS} rounds`,
          value: middle(ratios),
          unit: "ratio",
        }),
      ];
    } finally {
      receiver.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Sender {
  /** How long it took, in ms. */
  send(): Promise<number>;
  stop(): Promise<void>;
}

async function bareSender(receiver: ChildProcess, { bare }: Ready): Promise<Sender> {
  const node = await bareNode();
  const piece = randomBytes(PIECE_BYTES);
  return {
    async send() {
      const stream = await node.dialProtocol(multiaddr(bare[0]), BARE_PROTOCOL);
      const done = message(receiver, "bare-done");
      const began = performance.now();
      for (let sent = 0; sent < FILE_BYTES; sent += PIECE_BYTES) {
        if (stream.send(piece)) continue;
        await new Promise((resolve) => stream.addEventListener("drain", resolve, { once: true }));
      }
      await stream.close();
      await done;
      return performance.now() - began;
    },
    async stop() {
      await node.stop();
    },
  };
}

async function fileSender(receiver: ChildProcess, ready: Ready, folder: string): Promise<Sender> {
  const path = join(folder, "source.bin");
  writeFileSync(path, randomBytes(FILE_BYTES));
  const options = { rendezvousTag: "bench-of-files", relays: [], localDiscovery: false, dialsItself: true };
  const mesh = await createLibp2pMesh({ ...options, clock: systemClock, random: systemRandom });
  const chooseFile = (): Promise<string> => Promise.resolve(path);
  const carrier = new DiskFileCarrier({ clock: systemClock, folder, chooseFile, reportDefect: console.error });
  carrier.begin(mesh.pipes);
  const told = <T extends FileEvent["type"]>(type: T): Promise<Extract<FileEvent, { type: T }>> =>
    new Promise((resolve, reject) => {
      const stop = carrier.subscribe((event) => {
        if (event.type.startsWith("not-")) reject(new Error(event.type));
        if (event.type !== type) return;
        stop();
        resolve(event as Extract<FileEvent, { type: T }>);
      });
    });
  const linked = new Promise<void>((resolve) => {
    mesh.subscribe((event) => {
      if (event.type === "link-opened") resolve();
    });
  });
  mesh.dial(ready.peer, ready.addresses);
  await linked;
  mesh.setMembers([ready.peer]);
  receiver.send({ type: "members", peer: mesh.self } satisfies Order);
  const chosen = told("chosen");
  carrier.carry({ type: "choose", id: PARTS.id });
  const { name, size, hash } = await chosen;
  return {
    async send() {
      const secret = randomBytes(32).toString("hex");
      const expected = message(receiver, "expected");
      const order = {
        type: "receive",
        peer: mesh.self,
        name,
        size,
        hash: Buffer.from(hash).toString("hex"),
        secret,
      } as const;
      receiver.send(order satisfies Order);
      await expected;
      const sent = told("sent");
      const began = performance.now();
      const own = new Secret("transfer-secret", Uint8Array.from(Buffer.from(secret, "hex")));
      carrier.carry({ type: "send", ...PARTS, to: BEN, peer: ready.peer, secret: own, offset: 0 });
      await sent;
      return performance.now() - began;
    },
    async stop() {
      await carrier.end();
      await mesh.stop();
    },
  };
}

async function message(receiver: ChildProcess, type: string): Promise<unknown> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  for (;;) {
    const [heard] = (await once(receiver, "message", { signal })) as [{ type: string }];
    if (heard.type === type) return heard;
  }
}
