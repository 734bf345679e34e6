// What every JavaScript platform that Vigil runs on has, and the ES library types leave out.
// Kept this small on purpose: the pure rooms must not be able to name a browser or Node API.
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label: "utf-8", options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
