import { describe, expect, it, vi } from "vitest";
import { fromBase64Url, toBase64Url, toHex, utf8 } from "../../../core/base/bytes.ts";
import type { PersonaId } from "../../../core/base/persona-id.ts";
import type { Identity } from "../../../core/meeting/identity.ts";
import { MAX_CONTACTS, type Vault } from "../../../core/persona/vault.ts";
import type { Keychain } from "../../../core/ports/keychain.ts";
import type { IdentityKeeper } from "../../../electron/host/identity-keeper.ts";
import { cheapIdentity, memoryKeychain, MemoryPersonaStore, noKeychain } from "../../support/identity.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { contact } from "../persona/samples.ts";

const passphrase = "correct horse battery";

interface Run {
  readonly store: MemoryPersonaStore;
  readonly keeper: IdentityKeeper;
  readonly told: Identity[];
  now(): Identity;
  vault(): Vault;
  /** Waits until a command has been carried out. */
  settled(state: Identity["state"]): Promise<void>;
}

let seed = 0;
function run(store = new MemoryPersonaStore(), keychain: Keychain = noKeychain): Run {
  const told: Identity[] = [];
  const keeper = cheapIdentity({ store, keychain, random: seededRandom(++seed), tell: (one) => told.push(one) });
  keeper.start();
  const now = (): Identity => {
    const last = told.at(-1);
    if (last === undefined) throw new Error("nothing was told");
    return last;
  };
  return {
    store,
    keeper,
    told,
    now,
    vault() {
      const { vault } = now();
      if (vault === null) throw new Error("not open");
      return vault;
    },
    settled: (state) => vi.waitFor(() => expect(now()).toMatchObject({ state, busy: false })),
  };
}

async function created(): Promise<Run> {
  const one = run();
  one.keeper.take({ type: "create-identity", name: "Ada", passphrase });
  await one.settled("open");
  return one;
}

async function exported(from: Run, words = "another passphrase"): Promise<string> {
  from.keeper.take({ type: "export-identity", passphrase: words });
  await vi.waitFor(() => expect(from.now().exported).not.toBeNull());
  return from.now().exported ?? "";
}

describe("the keeper of a persona", () => {
  it("finds nothing in a fresh profile and writes nothing", async () => {
    const { settled, store } = run();
    await settled("none");
    expect(store.writes).toBe(0);
  });

  it("makes one that opens again in the next run, and only with its passphrase", async () => {
    const first = await created();
    const key = first.vault().key.publicKey;
    await first.keeper.stop();
    const { keeper, settled, now, vault } = run(first.store);
    await settled("locked");
    keeper.take({ type: "unlock-identity", passphrase: "correct horse batterz" });
    await vi.waitFor(() => expect(now()).toMatchObject({ fault: "passphrase-wrong", state: "locked", vault: null }));
    keeper.take({ type: "unlock-identity", passphrase });
    await settled("open");
    expect(now()).toMatchObject({ fault: null, keeping: "passphrase" });
    expect(vault().key.publicKey).toEqual(key);
  });

  it("takes one passphrase in all the ways in which keyboards spell it", async () => {
    const one = run();
    one.keeper.take({ type: "create-identity", name: "Ada", passphrase: "cafe\u0301 cafe\u0301 cafe\u0301" });
    await one.settled("open");
    one.keeper.take({ type: "lock-identity" });
    await one.settled("locked");
    one.keeper.take({ type: "unlock-identity", passphrase: "caf\u00e9 caf\u00e9 caf\u00e9" });
    await one.settled("open");
    expect(one.now().fault).toBeNull();
  });

  it("wipes the persona when it is locked and when the host ends", async () => {
    const one = await created();
    const { key, seed: secret } = one.vault();
    one.keeper.take({ type: "lock-identity" });
    await one.settled("locked");
    expect(one.now()).toMatchObject({ vault: null });
    expect(() => key.sign("x", new Uint8Array(1))).toThrow("signing-key");
    expect(() => secret.reveal()).toThrow("persona-seed");
    const other = await created();
    const open = other.vault();
    await other.keeper.stop();
    expect(() => open.key.sign("x", new Uint8Array(1))).toThrow("signing-key");
  });

  it("leaves a file that was damaged as it is, says so, and neither makes nor imports another in its place", async () => {
    const first = await created();
    const copy = await exported(first);
    const { store } = first;
    store.bytes = store.bytes?.subarray(0, 500) ?? null;
    const kept = toHex(store.bytes ?? new Uint8Array());
    const { keeper, now, settled } = run(store);
    await vi.waitFor(() => expect(now()).toMatchObject({ state: "damaged", fault: "file-damaged" }));
    keeper.take({ type: "unlock-identity", passphrase });
    keeper.take({ type: "create-identity", name: "Eve", passphrase });
    keeper.take({ type: "import-identity", file: copy, passphrase: "another passphrase" });
    keeper.take({ type: "lock-identity" });
    await settled("damaged");
    expect(toHex(store.bytes ?? new Uint8Array())).toBe(kept);
    keeper.take({ type: "delete-identity" });
    await settled("none");
    keeper.take({ type: "import-identity", file: copy, passphrase: "another passphrase" });
    await settled("open");
  });

  it("never makes one where there is one", async () => {
    const one = await created();
    const key = one.vault().key.publicKey;
    one.keeper.take({ type: "create-identity", name: "Eve", passphrase });
    one.keeper.take({ type: "lock-identity" });
    await one.settled("locked");
    one.keeper.take({ type: "unlock-identity", passphrase });
    await one.settled("open");
    expect(one.vault().key.publicKey).toEqual(key);
  });

  it("exports a copy under a passphrase of its own, which another profile takes in with its contacts", async () => {
    const one = await created();
    one.keeper.keepContact(contact(1));
    await vi.waitFor(() => expect(one.vault().contacts).toHaveLength(1));
    const copy = await exported(one);
    one.keeper.take({ type: "take-export" });
    await vi.waitFor(() => expect(one.now().exported).toBeNull());
    const other = run();
    other.keeper.take({ type: "import-identity", file: copy, passphrase });
    await vi.waitFor(() => expect(other.now()).toMatchObject({ state: "none", fault: "passphrase-wrong" }));
    expect(other.store.bytes).toBeNull();
    other.keeper.take({ type: "import-identity", file: copy, passphrase: "another passphrase" });
    await other.settled("open");
    expect(other.vault().key.publicKey).toEqual(one.vault().key.publicKey);
    expect(other.vault().contacts).toEqual([contact(1)]);
    expect(other.store.bytes).not.toEqual(fromBase64Url(copy));
  });

  it.each([
    ["is none", toBase64Url(utf8("vigil://join/#")), "file-foreign"],
    ["is not even base64url", "???", "file-foreign"],
    ["is empty", "", "file-foreign"],
    ["was cut", null, "file-damaged"],
  ])("refuses a file that %s", async (_what, text, fault) => {
    const cut = text ?? (await exported(await created())).slice(0, -40);
    const one = run();
    one.keeper.take({ type: "import-identity", file: cut, passphrase });
    await vi.waitFor(() => expect(one.now()).toMatchObject({ state: "none", fault }));
  });

  it("keeps contacts one for each persona, under new names, and forgets them", async () => {
    const one = await created();
    one.keeper.keepContact(contact(1));
    one.keeper.keepContact(contact(2));
    one.keeper.keepContact({ ...contact(1), verified: true });
    one.keeper.take({ type: "rename-contact", contact: contact(2).persona, name: " Benja\u202emin " });
    await vi.waitFor(() =>
      expect(one.vault().contacts).toEqual([
        { ...contact(1), verified: true },
        { ...contact(2), name: "Benjamin" },
      ]),
    );
    one.keeper.take({ type: "remove-contact", contact: contact(1).persona });
    one.keeper.take({ type: "remove-contact", contact: "x" as PersonaId });
    one.keeper.take({ type: "lock-identity" });
    await one.settled("locked");
    one.keeper.take({ type: "unlock-identity", passphrase });
    await one.settled("open");
    expect(one.vault().contacts.map(({ name }) => name)).toEqual(["Benjamin"]);
  });

  it("says when there is no room for another contact, or on the disk, and keeps what there was", async () => {
    const one = await created();
    for (let index = 0; index <= MAX_CONTACTS; index++) {
      one.keeper.keepContact(contact(index));
      if (index % 50 === 0) await vi.waitFor(() => expect(one.vault().contacts.length).toBeGreaterThan(index - 1));
    }
    await vi.waitFor(() => expect(one.now().fault).toBe("contacts-full"));
    expect(one.vault().contacts).toHaveLength(MAX_CONTACTS);
    const { bytes } = one.store;
    one.store.full = true;
    one.keeper.take({ type: "remove-contact", contact: contact(1).persona });
    await vi.waitFor(() => expect(one.now().fault).toBe("unwritable"));
    expect(one.vault().contacts).toHaveLength(MAX_CONTACTS);
    expect(one.store.bytes).toBe(bytes);
  });

  it("opens nothing that could not be written", async () => {
    const one = run();
    one.store.full = true;
    one.keeper.take({ type: "create-identity", name: "Ada", passphrase });
    await vi.waitFor(() => expect(one.now()).toMatchObject({ fault: "unwritable", state: "none", vault: null }));
  });

  it("lets the system's keychain keep the file closed, and exports it under a passphrase all the same", async () => {
    const keychain = memoryKeychain();
    const one = run(new MemoryPersonaStore(), keychain);
    await vi.waitFor(() => expect(one.now().keychain).toBe(true));
    one.keeper.take({ type: "create-identity", name: "Ada", passphrase: null });
    await one.settled("open");
    expect(one.now().keeping).toBe("keychain");
    const copy = await exported(one);
    const again = run(one.store, keychain);
    await again.settled("locked");
    again.keeper.take({ type: "unlock-identity", passphrase: null });
    await again.settled("open");
    const stolen = run(one.store, memoryKeychain());
    stolen.keeper.take({ type: "unlock-identity", passphrase: null });
    await vi.waitFor(() => expect(stolen.now()).toMatchObject({ state: "locked", fault: "keychain-failed" }));
    const elsewhere = run();
    elsewhere.keeper.take({ type: "import-identity", file: copy, passphrase: "another passphrase" });
    await elsewhere.settled("open");
  });

  it("tells nobody the passphrase or the key", async () => {
    const one = await created();
    await exported(one);
    const secret = toHex(one.vault().seed.reveal());
    const said = JSON.stringify(one.told);
    expect(said).not.toContain(passphrase);
    expect(said).not.toContain(toBase64Url(one.vault().seed.reveal()));
    expect(said).not.toContain(secret);
  });
});
