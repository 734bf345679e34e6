import { createHash, createHmac, createPrivateKey, createPublicKey, diffieHellman, hkdfSync, sign } from "node:crypto";
import nacl from "tweetnacl";

// The conventions of docs/protocol.md, written anew from the page with nothing of this project.

type Bytes = Uint8Array;

export const join = (...parts: readonly Bytes[]): Buffer => Buffer.concat(parts);
export const text = (words: string): Buffer => Buffer.from(words, "utf8");

export function unsigned(value: number, bytes: number): Buffer {
  const made = Buffer.alloc(bytes);
  made.writeUIntBE(value, 0, bytes);
  return made;
}

export const sha512 = (...parts: readonly Bytes[]): Buffer =>
  createHash("sha512")
    .update(join(...parts))
    .digest();

export function domain(label: string): Buffer {
  const words = text(`vigil/1 ${label}`);
  return join(unsigned(words.length, 1), words);
}

export const hash = (label: string, data: Bytes): Buffer => sha512(domain(label), data).subarray(0, 32);

export function mac(key: Bytes, label: string, data: Bytes): Buffer {
  return createHmac("sha512", key)
    .update(join(domain(label), data))
    .digest()
    .subarray(0, 32);
}

interface Derived {
  readonly key: Bytes;
  readonly salt?: Bytes;
  readonly label: string;
  readonly context?: Bytes;
  readonly length?: number;
}

export function derive({ key, salt, label, context, length = 32 }: Derived): Buffer {
  const info = join(domain(label), context ?? new Uint8Array());
  return Buffer.from(hkdfSync("sha512", key, salt ?? new Uint8Array(64), info, length));
}

/** PKCS #8 around the 32 bytes of an Ed25519 seed or an X25519 secret (RFC 8410). */
const privateKey = (oid: 0x6e | 0x70, bytes: Bytes): ReturnType<typeof createPrivateKey> =>
  createPrivateKey({
    key: join(Buffer.from(`302e020100300506032b65${oid.toString(16)}04220420`, "hex"), bytes),
    format: "der",
    type: "pkcs8",
  });

const rawPublicKey = (key: Parameters<typeof createPublicKey>[0]): Buffer =>
  createPublicKey(key).export({ format: "der", type: "spki" }).subarray(12);

export const signingKeyOf = (seed: Bytes): Buffer =>
  rawPublicKey(privateKey(0x70, seed).export({ format: "pem", type: "pkcs8" }));
export const agreementKeyOf = (secret: Bytes): Buffer =>
  rawPublicKey(privateKey(0x6e, secret).export({ format: "pem", type: "pkcs8" }));

export function signed(seed: Bytes, label: string, message: Bytes): Buffer {
  return sign(null, join(domain(label), message), privateKey(0x70, seed));
}

export function agreed(secret: Bytes, publicKey: Bytes): Buffer {
  const spki = join(Buffer.from("302a300506032b656e032100", "hex"), publicKey);
  return diffieHellman({
    privateKey: privateKey(0x6e, secret),
    publicKey: createPublicKey({ key: spki, format: "der", type: "spki" }),
  });
}

/** secretbox of NaCl, opened. */
export function opened(key: Bytes, counter: number, box: Bytes): Buffer {
  const plaintext = nacl.secretbox.open(box, join(Buffer.alloc(16), unsigned(0, 2), unsigned(counter, 6)), key);
  if (plaintext === null) throw new Error("the box does not open");
  return Buffer.from(plaintext);
}

export type Item = number | string | Bytes | readonly Item[];

/** Deterministic CBOR of whole numbers, text, byte strings and arrays. */
export function cbor(item: Item): Buffer {
  if (typeof item === "number") return head(0, item);
  if (typeof item === "string") return join(head(3, text(item).length), text(item));
  if (item instanceof Uint8Array) return join(head(2, item.length), item);
  return join(head(4, item.length), ...item.map(cbor));
}

function head(major: number, value: number): Buffer {
  const high = major << 5;
  if (value < 24) return Buffer.of(high | value);
  if (value < 0x100) return Buffer.of(high | 24, value);
  if (value < 0x1_0000) return join(Buffer.of(high | 25), unsigned(value, 2));
  if (value < 0x1_0000_0000) return join(Buffer.of(high | 26), unsigned(value, 4));
  return join(Buffer.of(high | 27), unsigned(Math.floor(value / 2 ** 32), 4), unsigned(value % 2 ** 32, 4));
}

/** The 30 digits of a meeting code or a safety number. */
export function digits(label: string, data: Bytes): string {
  const s = sha512(data);
  let x = sha512(domain(label), s);
  for (let round = 0; round < 2048; round++) x = sha512(x, s);
  const groups = Array.from({ length: 6 }, (_, group) => x.readUIntBE(group * 5, 5) % 100_000);
  return groups.map((group) => group.toString().padStart(5, "0")).join("");
}
