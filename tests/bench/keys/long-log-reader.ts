import { parentPort, workerData } from "node:worker_threads";
import { createLog, merge } from "../../../core/membership/log.ts";
import { rosterOf } from "../../../core/membership/roster.ts";
import { usePlatformCrypto } from "../../../electron/host/platform-crypto.ts";
import { MEETING } from "../../unit/membership/world.ts";
import type { LongLog, LongLogRead } from "./long-log.ts";

// A thread of its own has seen none of these signatures before: all of them are checked.
usePlatformCrypto();
const { root, entries } = workerData as LongLog;
const began = performance.now();
const { log } = merge(createLog({ meetingId: MEETING, root }), entries);
const members = rosterOf(log).members.length;
parentPort?.postMessage({ ms: performance.now() - began, entries: log.entries.length, members } satisfies LongLogRead);
