/** What the relay in the page tells the window's process. `id` names one attachment of one document; of `quit` it means nothing. */
export type RelayWord =
  | { readonly type: "attach"; readonly id: string }
  | { readonly type: "quit"; readonly id: string }
  | { readonly type: "message"; readonly id: string; readonly body: unknown };

/** What the window's process tells the relay. */
export type RelayCommand =
  | { readonly type: "messages"; readonly id: string; readonly bodies: readonly unknown[] }
  | { readonly type: "close"; readonly id: string };

/** The longest word taken from a page, in characters: more than any message of the contract needs. */
const MAX_WORD_CHARACTERS = 512 * 1024;

/** Reads a word of the relay; null for anything else. The body is checked by the host against the contract. */
export function readRelayWord(text: string): RelayWord | null {
  if (text.length > MAX_WORD_CHARACTERS) return null;
  const word = parse(text);
  if (word === null || !isId(word["id"])) return null;
  if (word["type"] === "attach" || word["type"] === "quit") return { type: word["type"], id: word["id"] };
  if (word["type"] === "message") return { type: "message", id: word["id"], body: word["body"] };
  return null;
}

/** Reads a command for the relay; null for anything else. */
export function readRelayCommand(text: string): RelayCommand | null {
  const command = parse(text);
  if (command === null || !isId(command["id"])) return null;
  if (command["type"] === "close") return { type: "close", id: command["id"] };
  const bodies = command["bodies"];
  if (command["type"] === "messages" && Array.isArray(bodies)) return { type: "messages", id: command["id"], bodies };
  return null;
}

function isId(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f-]{36}$/.test(value);
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
