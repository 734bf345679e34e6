import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Whether strace is installed and may trace here. */
export const tracingAvailable = spawnSync("strace", ["-qq", "-e", "trace=none", "true"]).status === 0;

/** One thing that a traced program sent to, or tried to connect to, over IP. */
export interface Contact {
  readonly protocol: "TCP" | "UDP";
  /** `connect` of a UDP socket sends nothing and is not among these. */
  readonly call: string;
  /** Null when the trace does not tell. */
  readonly remote: Endpoint | null;
  /** This side's port; null before it has one. */
  readonly localPort: number | null;
  /** What was sent, as far as it was recorded. */
  readonly bytes: Buffer;
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** The command to put before a program, so that all its threads and descendants write their traffic to files named `prefix.<tid>`. */
export function traceInto(prefix: string): string[] {
  const calls = "trace=connect,sendto,sendmsg,sendmmsg,write,writev";
  return [
    "strace",
    "-ff",
    "--seccomp-bpf",
    "-qq",
    "-yy",
    "-xx",
    "-s",
    "65536",
    "-e",
    calls,
    "-e",
    "signal=none",
    "-o",
    prefix,
  ];
}

/** Everything that went out over IP, of all files of one trace. Order is kept inside a thread only. */
export function readContacts(prefix: string): Contact[] {
  const files = readdirSync(dirname(prefix)).filter((name) => name.startsWith(`${basename(prefix)}.`));
  return files.flatMap((name) => contactsOf(readFileSync(join(dirname(prefix), name), "latin1")));
}

const CALL = /^(\w+)\((\d+)<(TCP|UDP)(?:v6)?:\[(.*?)\]>, ?(.*)$/;

/** Reads one thread's trace. A connected UDP socket's sends name no address: it is the one that the thread connected it to. */
export function contactsOf(trace: string): Contact[] {
  const connected = new Map<string, Endpoint>();
  const contacts: Contact[] = [];
  for (const line of trace.split("\n")) {
    const [, call, descriptor, protocol, ends, rest] = CALL.exec(line) ?? [];
    if (call === undefined || descriptor === undefined || ends === undefined || rest === undefined) continue;
    const [local, far] = ends.split("->").map(endpointOf);
    const named = socketAddressOf(rest);
    if (call === "connect" && named !== null) connected.set(descriptor, named);
    if (call === "connect" && protocol === "UDP") continue;
    contacts.push({
      protocol: protocol === "UDP" ? "UDP" : "TCP",
      call,
      remote: named ?? far ?? connected.get(descriptor) ?? null,
      localPort: local?.port ?? null,
      bytes: call === "connect" ? Buffer.alloc(0) : sentBytes(rest),
    });
  }
  return contacts;
}

/** `1.2.3.4:5` or `[::1]:5`; null for the bare inode number that an unbound socket shows. */
function endpointOf(text: string): Endpoint | null {
  const [, address, port] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(text) ?? [];
  return address === undefined ? null : { address: plainAddress(address), port: Number(port) };
}

function socketAddressOf(text: string): Endpoint | null {
  const [, port, address] =
    /sin6?_port=htons\((\d+)\).*?(?:inet_addr\(|AF_INET6, )"((?:\\x[0-9a-f]{2})+)"/.exec(text) ?? [];
  return address === undefined
    ? null
    : { address: plainAddress(unhex(address).toString("latin1")), port: Number(port) };
}

/** An IPv4 address inside an IPv6 one (RFC 4291, section 2.5.5.2) in its own form. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}

/** The buffers of one call, joined; the strings of socket addresses stand in parentheses and are left out. */
function sentBytes(text: string): Buffer {
  const buffers = text.matchAll(/(?:^|iov_base=)"((?:\\x[0-9a-f]{2})*)"/g);
  return Buffer.concat([...buffers].map(([, hex]) => unhex(hex ?? "")));
}

function unhex(text: string): Buffer {
  return Buffer.from(text.replaceAll("\\x", ""), "hex");
}
