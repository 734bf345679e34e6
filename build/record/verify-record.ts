// Checks an exported meeting record and prints it: node build/record/verify-record.ts FILE
import { readFile, stat } from "node:fs/promises";
import { MAX_RECORD_BYTES, readRecord } from "../../core/membership/record.ts";
import { wordsOfRecord } from "./words.ts";

const WRONG = {
  "record-malformed": "This is not a meeting record, or it was cut off or made by a newer Vigil.",
  "record-forged": "The record was changed after it was made: its signature does not hold.",
  "record-broken": "The record is not whole: an entry in it is missing or was changed.",
  "record-a-strangers": "The record was made by somebody who was never in the meeting.",
  "record-name-invented": "The record gives somebody a name that they have not agreed to be listed under.",
} as const;

async function main(file: string | undefined): Promise<number> {
  if (file === undefined) {
    console.error("Name the record: npm run verify-record -- FILE");
    return 2;
  }
  const about = await stat(file).catch(() => null);
  if (about === null || !about.isFile()) {
    console.error(`There is no file ${file}.`);
    return 2;
  }
  const bytes = about.size > MAX_RECORD_BYTES ? new Uint8Array() : new Uint8Array(await readFile(file));
  const read = readRecord(bytes);
  if (!read.ok) {
    console.error(`NOT VALID ${WRONG[read.error.code]}`);
    return 1;
  }
  for (const line of wordsOfRecord(read.value)) console.log(line);
  return 0;
}

process.exitCode = await main(process.argv[2]);
