/** Wraps a person's text in Unicode isolates, so that its direction cannot disturb the sentence around it. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
