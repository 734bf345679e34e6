/** Every way in which the bytes of a key may stand in a text or a file, by its name. */
export function writingsOf(key: Buffer): ReadonlyMap<string, Buffer> {
  const list = [...key].join(",");
  const texts: readonly (readonly [name: string, text: string])[] = [
    ["hex", key.toString("hex")],
    ["upper-case hex", key.toString("hex").toUpperCase()],
    // Padding may be there or not.
    ["base64", key.toString("base64").replace(/=+$/, "")],
    ["base64url", key.toString("base64url")],
    ["a string of its bytes", key.toString("latin1")],
    ["a list", list],
    ["a spaced list", list.replaceAll(",", ", ")],
  ];
  return new Map([["bytes", key], ...texts.map(([name, text]) => [name, Buffer.from(text, "utf8")] as const)]);
}

/** The names of the writings of this key that stand in these bytes. */
export function findKey(bytes: Buffer, key: Buffer): string[] {
  return [...writingsOf(key)].filter(([, writing]) => bytes.includes(writing)).map(([name]) => name);
}
