import { fromBase64Url, toBase64Url, utf8 } from "../../core/base/bytes.ts";
import { unreachable, VigilError } from "../../core/base/errors.ts";
import { Secret } from "../../core/base/secret.ts";
import { cleanName } from "../../core/contract/clean-name.ts";
import type { IdentityCommand } from "../../core/contract/identity.ts";
import { noPersona, type Identity } from "../../core/meeting/identity.ts";
import { openPersonaFile, type PersonaFile, readPersonaFile, sealPersonaFile } from "../../core/persona/file.ts";
import { createVault, MAX_CONTACTS, type SavedContact, type Vault, wipeVault } from "../../core/persona/vault.ts";
import type { PersonaStore } from "../../core/ports/persona-store.ts";
import { faultOf } from "./identity-faults.ts";
import { type Locked, type LockMaking, makeLock, openLock } from "./identity-lock.ts";

/** Commands that may wait for the one before them; more fall away. */
const MAX_WAITING = 64;

export interface IdentityOptions extends LockMaking {
  readonly store: PersonaStore;
  /** Hears of every change, first of what was found. */
  tell(identity: Identity): void;
  reportDefect(defect: unknown): void;
}

type CommandOf<T extends IdentityCommand["type"]> = Extract<IdentityCommand, { type: T }>;
type Passphrase = Secret<"passphrase">;

/**
 * Keeps the persona of one profile: makes, opens, changes and closes its file, one thing after the other.
 * A file that cannot be read is never written over; only the person's word removes it.
 */
export class IdentityKeeper {
  readonly #options: IdentityOptions;
  #identity: Identity = noPersona;
  #locked: Locked | null = null;
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(options: IdentityOptions) {
    this.#options = options;
  }

  /** Looks whether there is a file, and whether the system has a keychain; nothing is opened. */
  start(): void {
    this.#enqueue(() => this.#look());
    void this.#options.keychain.available().then((keychain) => this.#tell({ keychain }));
  }

  /** Carries a command out after those before it. The passphrase is bytes from here on, and wiped after use. */
  take(command: IdentityCommand): void {
    const words = "passphrase" in command ? command.passphrase : null;
    const passphrase = words === null ? null : new Secret("passphrase", utf8(words.normalize("NFC")));
    const taken = this.#enqueue(async () => {
      this.#tell({ busy: true, fault: null });
      try {
        await this.#carryOut(command, passphrase);
      } finally {
        passphrase?.wipe();
      }
    });
    if (!taken) passphrase?.wipe();
  }

  /** Keeps a contact in place of an earlier one of the same persona. */
  keepContact(contact: SavedContact): void {
    this.#enqueue(() =>
      this.#changeContacts((contacts) => {
        const known = contacts.some(({ persona }) => persona === contact.persona);
        if (!known) return [...contacts, contact];
        return contacts.map((one) => (one.persona === contact.persona ? contact : one));
      }),
    );
  }

  /** Ends what is under way and wipes what is open. */
  async stop(): Promise<void> {
    await this.#work;
    this.#close("locked");
  }

  #enqueue(work: () => Promise<void>): boolean {
    if (this.#waiting >= MAX_WAITING) return false;
    this.#waiting++;
    this.#work = this.#work.then(work).then(
      () => this.#done({}),
      (error: unknown) => this.#failed(error),
    );
    return true;
  }

  #done(change: Partial<Identity>): void {
    this.#waiting--;
    this.#tell({ busy: false, ...change });
  }

  #failed(error: unknown): void {
    const fault = faultOf(error);
    if (fault === null) this.#options.reportDefect(error);
    this.#done({ fault });
  }

  #tell(change: Partial<Identity>): void {
    this.#identity = { ...this.#identity, ...change };
    this.#options.tell(this.#identity);
  }

  #carryOut(command: IdentityCommand, passphrase: Passphrase | null): Promise<void> {
    switch (command.type) {
      case "create-identity":
        return this.#create(cleanName(command.name), passphrase);
      case "unlock-identity":
        return this.#unlock(passphrase);
      case "lock-identity":
        return Promise.resolve(this.#close("locked"));
      case "export-identity":
        return this.#export(passphrase);
      case "take-export":
        return Promise.resolve(this.#tell({ exported: null }));
      case "import-identity":
        return this.#import(command, passphrase);
      case "delete-identity":
        return this.#delete();
      case "rename-contact":
        return this.#rename(command);
      case "remove-contact":
        return this.#changeContacts((contacts) => contacts.filter(({ persona }) => persona !== command.contact));
      default:
        return unreachable(command);
    }
  }

  /** What is on the disk, unopened. A file that is not one of ours stays as it is. */
  async #look(): Promise<void> {
    try {
      const file = await this.#read();
      this.#tell(file === null ? { state: "none" } : { state: "locked", keeping: file.lock.method });
    } catch (error) {
      this.#tell({ state: "damaged" });
      throw error;
    }
  }

  async #read(): Promise<PersonaFile | null> {
    const bytes = await this.#options.store.read();
    if (bytes === null) return null;
    const file = readPersonaFile(bytes);
    if (!file.ok) throw file.error;
    return file.value;
  }

  async #create(name: string, passphrase: Passphrase | null): Promise<void> {
    if (name === "" || !(await this.#isFree())) return;
    const vault = createVault(name, this.#options.random);
    await this.#settle(vault, () => makeLock(passphrase, this.#options));
  }

  async #import({ file }: CommandOf<"import-identity">, passphrase: Passphrase | null): Promise<void> {
    if (!(await this.#isFree())) return;
    const bytes = fromBase64Url(file);
    const read = bytes === null ? null : readPersonaFile(bytes);
    if (read === null) throw new VigilError("persona-file-foreign", "user");
    if (!read.ok) throw read.error;
    const { vault, locked } = await this.#open(read.value, passphrase);
    locked.key.wipe();
    await this.#settle(vault, () => makeLock(passphrase, this.#options));
  }

  /** Whether no file stands in the way; one that has come meanwhile is shown and left alone. */
  async #isFree(): Promise<boolean> {
    await this.#look();
    return this.#identity.state === "none";
  }

  /** A vault that is new here gets a lock of its own, goes to the disk, and is open only then. */
  async #settle(vault: Vault, lock: () => Promise<Locked>): Promise<void> {
    let locked: Locked | null = null;
    try {
      locked = await lock();
      await this.#write(vault, locked);
      this.#opened(vault, locked);
    } catch (error) {
      wipeVault(vault);
      locked?.key.wipe();
      throw error;
    }
  }

  async #unlock(passphrase: Passphrase | null): Promise<void> {
    if (this.#identity.state === "open") return;
    await this.#look();
    const file = await this.#read();
    if (file === null) return;
    const { vault, locked } = await this.#open(file, passphrase);
    this.#opened(vault, locked);
  }

  async #open(file: PersonaFile, passphrase: Passphrase | null): Promise<{ vault: Vault; locked: Locked }> {
    const { lock } = file;
    const key = await openLock(lock, passphrase, this.#options.keychain);
    const opened = openPersonaFile(file, key);
    if (opened.ok) return { vault: opened.value, locked: { lock, key } };
    key.wipe();
    // The keychain gave a key, and it was not this file's: nobody mistyped anything.
    if (lock.method === "keychain") throw new VigilError("keychain-failed", "device", { cause: opened.error });
    throw opened.error;
  }

  #opened(vault: Vault, locked: Locked): void {
    this.#locked = locked;
    this.#tell({ state: "open", keeping: locked.lock.method, vault });
  }

  /** Wipes the persona and the key of its file. */
  #close(state: "locked" | "none"): void {
    const { vault } = this.#identity;
    if (vault !== null) this.#tell({ state, vault: null, exported: null });
    if (vault !== null) wipeVault(vault);
    this.#locked?.key.wipe();
    this.#locked = null;
  }

  async #export(passphrase: Passphrase | null): Promise<void> {
    const { vault } = this.#identity;
    if (vault === null || passphrase === null) return;
    const { lock, key } = await makeLock(passphrase, this.#options);
    const file = sealPersonaFile(vault, lock, { key, random: this.#options.random });
    key.wipe();
    this.#tell({ exported: toBase64Url(file) });
  }

  async #delete(): Promise<void> {
    await this.#options.store.remove();
    this.#close("none");
    this.#tell({ state: "none" });
  }

  #rename({ contact, name }: CommandOf<"rename-contact">): Promise<void> {
    const cleaned = cleanName(name);
    if (cleaned === "") return Promise.resolve();
    return this.#changeContacts((contacts) =>
      contacts.map((one) => (one.persona === contact ? { ...one, name: cleaned } : one)),
    );
  }

  async #changeContacts(change: (contacts: readonly SavedContact[]) => readonly SavedContact[]): Promise<void> {
    const { vault } = this.#identity;
    if (vault === null || this.#locked === null) return;
    const contacts = change(vault.contacts);
    if (contacts.length > MAX_CONTACTS) throw new VigilError("contacts-full", "user");
    const changed = { ...vault, contacts };
    await this.#write(changed, this.#locked);
    this.#tell({ vault: changed });
  }

  #write(vault: Vault, { lock, key }: Locked): Promise<void> {
    return this.#options.store.write(sealPersonaFile(vault, lock, { key, random: this.#options.random }));
  }
}
