import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { processTree } from "./process-tree.ts";

/** A socket that a program holds: what others must send to in order to reach it. */
export interface HeldSocket {
  readonly protocol: "TCP" | "UDP";
  readonly port: number;
}

const TABLES = [
  ["TCP", "tcp"],
  ["TCP", "tcp6"],
  ["UDP", "udp"],
  ["UDP", "udp6"],
] as const;

/** The local ports of all sockets that a program and its descendants hold at this moment (proc(5), `/proc/net/tcp`). */
export function socketsOf(root: number): HeldSocket[] {
  const held = new Set(processTree(root).flatMap(({ pid }) => socketInodes(pid)));
  return TABLES.flatMap(([protocol, table]) =>
    rowsOf(`/proc/${root}/net/${table}`)
      .filter(({ inode }) => held.has(inode))
      .map(({ port }) => ({ protocol, port })),
  );
}

function rowsOf(table: string): { port: number; inode: string }[] {
  const [, ...lines] = readOrEmpty(table).trim().split("\n");
  return lines.map((line) => {
    const fields = line.trim().split(/\s+/);
    return { port: Number.parseInt(fields[1]?.split(":")[1] ?? "", 16), inode: fields[9] ?? "" };
  });
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function socketInodes(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${name}`))?.[1];
      return inode === undefined ? [] : [inode];
    });
  } catch {
    // It ended while being looked at.
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
