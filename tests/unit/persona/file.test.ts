import { describe, expect, it } from "vitest";
import { toHex } from "../../../core/base/bytes.ts";
import { Secret } from "../../../core/base/secret.ts";
import { STRETCH_COST, stretch } from "../../../core/crypto/stretch.ts";
import {
  fileKeyOf,
  type FileKey,
  type Lock,
  MAX_PERSONA_FILE_BYTES,
  openPersonaFile,
  readPersonaFile,
  sealPersonaFile,
} from "../../../core/persona/file.ts";
import { decodeVault, encodeVault, MAX_CONTACTS, wipeVault } from "../../../core/persona/vault.ts";
import { hash } from "../../../core/crypto/hash.ts";
import { encodeCbor } from "../../../core/wire/cbor.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { CHEAP, contact, passphrase, passphraseLock, vaultWith } from "./samples.ts";

const random = seededRandom(3);
const vault = vaultWith(contact(1), contact(2));
const lock = passphraseLock();

async function keyOf(words: string, of: Lock = lock): Promise<FileKey> {
  if (of.method !== "passphrase") throw new Error("a passphrase lock was meant");
  return fileKeyOf(of, await stretch(passphrase(words), of.salt, of.cost));
}

const key = await keyOf("correct horse battery");
const file = sealPersonaFile(vault, lock, { key, random });
const code = (bytes: Uint8Array): string => {
  const read = readPersonaFile(bytes);
  return read.ok ? "ok" : read.error.code;
};
function opened(bytes: Uint8Array, under: FileKey): string | ReturnType<typeof vaultWith> {
  const read = readPersonaFile(bytes);
  if (!read.ok) return read.error.code;
  const result = openPersonaFile(read.value, under);
  return result.ok ? result.value : result.error.code;
}
/** As somebody would write who changes a file on purpose: the checksum is right. */
function withChecksum(bytes: Uint8Array): Uint8Array {
  const changed = bytes.slice();
  changed.set(hash("persona file checksum", changed.subarray(0, -16)).subarray(0, 16), changed.length - 16);
  return changed;
}

describe("a persona's file", () => {
  it("opens under its passphrase and holds what was put in", async () => {
    const found = opened(file, await keyOf("correct horse battery"));
    if (typeof found === "string") throw new Error(found);
    expect(found.name).toBe("Ada");
    expect(found.contacts).toEqual(vault.contacts);
    expect(found.key.publicKey).toEqual(vault.key.publicKey);
    expect(found.key.sign("x", new Uint8Array(1))).toEqual(vault.key.sign("x", new Uint8Array(1)));
  });

  it("shows nothing of the person: neither key, name nor contacts, nor how many contacts there are", () => {
    const text = toHex(file);
    for (const hidden of [vault.seed.reveal(), vault.key.publicKey, new TextEncoder().encode("Contact 1")]) {
      expect(text).not.toContain(toHex(hidden));
    }
    const many = vaultWith(...Array.from({ length: 20 }, (_, index) => contact(index)));
    expect(sealPersonaFile(many, lock, { key, random }).length).toBe(file.length);
  });

  it("is another each time it is written", () => {
    expect(sealPersonaFile(vault, lock, { key, random })).not.toEqual(file);
  });

  it("tells a wrong passphrase from a file that was cut or has changed by accident", async () => {
    expect(opened(file, await keyOf("correct horse battery "))).toBe("persona-key-wrong");
    for (let length = 0; length < 200; length++) expect(code(file.subarray(0, length))).not.toBe("ok");
    expect(code(file.subarray(0, file.length - 1))).toBe("persona-file-damaged");
    for (let at = 14; at < file.length; at += 97) {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(code(changed)).toBe("persona-file-damaged");
    }
  });

  it("does not open when it was changed on purpose, in its lock, nonce or box", () => {
    for (const at of [17, 25, 40, 90, file.length - 40]) {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      const found = opened(withChecksum(changed), key);
      // The key covers the lock, so one made from the lock that stands there opens nothing either.
      const read = readPersonaFile(withChecksum(changed));
      const other = read.ok && fileKeyOf(read.value.lock, new Secret("root", new Uint8Array(32)));
      if (at > 37) expect(found).toBe("persona-key-wrong");
      else expect(other === false || opened(withChecksum(changed), other) === "persona-key-wrong").toBe(true);
    }
  });

  it("binds the box to its lock: the same root behind another salt is another key", () => {
    const root = new Secret("root", new Uint8Array(32).fill(9));
    const mine = fileKeyOf(lock, root);
    const sealed = sealPersonaFile(vault, lock, { key: mine, random });
    expect(typeof opened(sealed, mine)).toBe("object");
    expect(opened(sealed, fileKeyOf(passphraseLock(2), root))).toBe("persona-key-wrong");
  });

  it("is told from something else, from a later version and from what would cost this machine too much", () => {
    expect(code(new Uint8Array(0))).toBe("persona-file-foreign");
    expect(code(new TextEncoder().encode("vigil://join/#AAAA"))).toBe("persona-file-foreign");
    expect(code(new Uint8Array(MAX_PERSONA_FILE_BYTES + 1))).toBe("persona-file-foreign");
    const later = file.slice();
    later[14] = 2;
    expect(code(withChecksum(later))).toBe("persona-file-too-new");
    for (const cost of [
      { memory: 4 * 1024 * 1024, passes: 1, lanes: 1 },
      { memory: 64, passes: 11, lanes: 1 },
      { memory: 64, passes: 1, lanes: 0 },
      { memory: 64, passes: 0, lanes: 1 },
      { memory: 8, passes: 1, lanes: 2 },
    ]) {
      const dear = sealPersonaFile(vault, { method: "passphrase", cost, salt: new Uint8Array(16) }, { key, random });
      expect(code(dear)).toBe("persona-file-damaged");
    }
  });

  it("can be locked by a key that the system's keychain has wrapped", () => {
    const wrapped: Lock = { method: "keychain", wrapped: new Uint8Array(60).fill(5) };
    const root = new Secret("root", new Uint8Array(32).fill(1));
    const sealed = sealPersonaFile(vault, wrapped, { key: fileKeyOf(wrapped, root), random });
    const read = readPersonaFile(sealed);
    expect(read.ok && read.value.lock).toEqual(wrapped);
    expect(typeof opened(sealed, fileKeyOf(wrapped, root))).toBe("object");
  });
});

describe("the contents of a persona's file", () => {
  const good = encodeVault(vault);

  it("take as many contacts as there may be, and no more", () => {
    const most = Array.from({ length: MAX_CONTACTS }, (_, index) => contact(index, "界".repeat(64)));
    expect(decodeVault(encodeVault(vaultWith(...most)))?.contacts).toEqual(most);
    expect(decodeVault(encodeVault(vaultWith(...most, contact(MAX_CONTACTS))))).toBeNull();
  });

  it("are refused with anything beside them: bytes after the end, a second contact of one key, a key of small order", () => {
    expect(decodeVault(good)).not.toBeNull();
    const dirty = good.slice();
    dirty[dirty.length - 1] = 1;
    expect(decodeVault(dirty)).toBeNull();
    expect(decodeVault(good.subarray(0, -1))).toBeNull();
    expect(decodeVault(encodeVault(vaultWith(contact(1), contact(1, "again"))))).toBeNull();
    expect(decodeVault(vaultBytes([1, "Ada", [[new Uint8Array(32), "x", "x", true]]]))).toBeNull();
    expect(decodeVault(vaultBytes([2, "Ada", []]))).toBeNull();
    expect(decodeVault(vaultBytes([1, "Ada", []]))?.name).toBe("Ada");
  });

  it("are gone once wiped", () => {
    const own = vaultWith();
    wipeVault(own);
    expect(() => own.seed.reveal()).toThrow("persona-seed");
    expect(() => own.key.sign("x", new Uint8Array(1))).toThrow("signing-key");
  });
});

function vaultBytes(value: unknown): Uint8Array {
  const cbor = encodeCbor(value);
  const bytes = new Uint8Array(8 * 1024);
  bytes[35] = cbor.length;
  bytes.set(cbor, 36);
  return bytes;
}

describe("a passphrase", () => {
  // RFC 9106, section 5.3, gives figures with a secret and data, which this use has not; these are of the reference program.
  it("is stretched as Argon2id says", async () => {
    const salt = new TextEncoder().encode("somesalt");
    const stretched = await stretch(passphrase("password"), salt, { memory: 256, passes: 2, lanes: 1 });
    expect(toHex(stretched.reveal())).toBe("9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe");
  });

  it("costs what RFC 9106 recommends, and holds nothing else up meanwhile", async () => {
    expect(STRETCH_COST).toEqual({ memory: 65_536, passes: 3, lanes: 4 });
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const full = await stretch(passphrase("password"), new Uint8Array(16), STRETCH_COST);
    clearInterval(timer);
    expect(full.reveal().length).toBe(32);
    expect(turns).toBeGreaterThan(10);
    const cheap = await stretch(passphrase("password"), new Uint8Array(16), CHEAP);
    expect(toHex(cheap.reveal())).not.toBe(toHex(full.reveal()));
  });
});
