import { existsSync, readFileSync } from "node:fs";

const FOLDER = new URL("../../../shared/vectors/", import.meta.url);

/** One Wycheproof file's groups, or null where the folder of outside vectors is not present. */
export function wycheproof<Group>(name: string): readonly Group[] | null {
  const file = new URL(`wycheproof-${name}_test.json`, FOLDER);
  if (!existsSync(file)) return null;
  const parsed = JSON.parse(readFileSync(file, "utf8")) as { testGroups: readonly Group[] };
  return parsed.testGroups;
}

export function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, "hex"));
}
