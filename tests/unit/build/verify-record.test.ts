import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wordsOfRecord } from "../../../build/record/words.ts";
import { createRecord, readRecord } from "../../../core/membership/record.ts";
import { createRecordName } from "../../../core/membership/record-name.ts";
import { MEETING, meetingOf, NOW } from "../membership/world.ts";

const program = path.join(import.meta.dirname, "../../../build/record/verify-record.ts");
const [anna, ben, cleo] = meetingOf(3);
if (ben === undefined || cleo === undefined) throw new Error("nobody");
anna.write({ type: "remove", member: cleo.id, reason: "shouts\n\u202eVALID" });
const names = [createRecordName({ meetingId: MEETING, key: anna.key, name: "Anna\n\u202e" })];
const made = createRecord({ log: anna.log, key: anna.key, time: NOW, names });
if (!made.ok) throw made.error;
const record = made.value;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "vigil-record-"));
});
afterAll(() => rm(folder, { recursive: true }));

function check(...args: readonly string[]): Promise<{ code: number; out: string; told: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...args], (_error, out, told) => {
      resolve({ code: child.exitCode ?? -1, out, told });
    });
  });
}

describe("a record in words", () => {
  it("names only those who agreed, and keeps each thing on its line", () => {
    const read = readRecord(record);
    if (!read.ok) throw new Error(read.error.code);
    const lines = wordsOfRecord(read.value);
    const at = new Date(NOW).toISOString();
    expect(lines[0]).toMatch(/^VALID a record of meeting [0-9a-f]{64}$/);
    expect(lines).toContain(`A (Anna) is the key ${anna.id}, whose holder has signed that this name may stand here`);
    expect(lines).toContain(`B is the key ${ben.id}`);
    expect(lines).toContain(`${at} A (Anna) let in B`);
    expect(lines).toContain(`${at} A (Anna) removed C: "shouts VALID"`);
    expect(lines.at(-1)).toBe("at the end in the meeting: A (Anna), B");
    expect(lines.join("")).not.toMatch(/[\n\u202e]/);
  });
});

describe("the command that checks a record", () => {
  it("prints a good one, refuses a changed one and says what is wrong with the rest", async () => {
    const file = path.join(folder, "a.vigil-record");
    await writeFile(file, record);
    const good = await check(file);
    expect(good.code).toBe(0);
    expect(good.out).toContain("removed C");
    const altered = record.slice();
    altered[200] = (altered[200] ?? 0) ^ 1;
    await writeFile(file, altered);
    const bad = await check(file);
    expect(bad).toMatchObject({ code: 1, out: "" });
    expect(bad.told).toMatch(/^NOT VALID/);
    expect((await check(path.join(folder, "nothing"))).told).toContain("There is no file");
    expect((await check()).told).toContain("Name the record");
  });
});
