/** Redundant audio (RFC 2198): each packet carries its own sound and, once more, that of the packet before. */

interface PayloadTypes {
  readonly opus: string;
  readonly red: string;
}

function typeOf(lines: readonly string[], codec: string): string | undefined {
  const map = new RegExp(String.raw`^a=rtpmap:(\d+) ${codec}/`, "i");
  return lines.map((line) => map.exec(line)?.[1]).find((type) => type !== undefined);
}

function payloadTypes(lines: readonly string[]): PayloadTypes | null {
  const [opus, red] = [typeOf(lines, "opus"), typeOf(lines, "red")];
  return opus === undefined || red === undefined ? null : { opus, red };
}

/** One repetition and no more, whatever the other side asks for. Takes and gives the lines of a description. */
export function fixRed(lines: readonly string[]): string[] {
  const types = payloadTypes(lines);
  if (types === null) return [...lines];
  const { opus, red } = types;
  return lines
    .filter((line) => !line.startsWith(`a=fmtp:${red} `))
    .flatMap((line) => (line.startsWith(`a=rtpmap:${red} `) ? [line, `a=fmtp:${red} ${opus}/${opus}`] : [line]));
}

/**
 * The other side's description in the order that makes this one send its sound once, or twice. A description that does not name
 * both ways is given back as it is.
 */
export function orderSound(sdp: string, twice: boolean): string {
  const lines = sdp.split(/\r?\n/);
  const types = payloadTypes(lines);
  if (types === null) return sdp;
  const first = twice ? [types.red, types.opus] : [types.opus, types.red];
  const ordered = lines.map((line) => {
    if (!line.startsWith("m=audio ")) return line;
    const [media = "", port = "", protocol = "", ...formats] = line.split(" ");
    if (!first.every((type) => formats.includes(type))) return line;
    return [media, port, protocol, ...first, ...formats.filter((type) => !first.includes(type))].join(" ");
  });
  return ordered.join("\r\n");
}
