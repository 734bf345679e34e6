import type { IdentityCommand, IdentityView, PersonaId } from "../../core/contract/identity.ts";

export const samplePersona = { id: "P".repeat(43) as PersonaId, name: "Ada Lovelace" };

/** What a host that always succeeds at once, and takes "wrong passphrase" for a wrong one, makes of a command. */
export function answerIdentity(identity: IdentityView, command: IdentityCommand): IdentityView {
  const open = { ...identity, state: "open", busy: false, fault: null } as const;
  switch (command.type) {
    case "create-identity": {
      const keeping = command.passphrase === null ? "keychain" : "passphrase";
      return { ...open, keeping, persona: { ...samplePersona, name: command.name } };
    }
    case "unlock-identity":
    case "import-identity":
      if (command.passphrase === "wrong passphrase") return { ...identity, fault: "passphrase-wrong" };
      return { ...open, persona: samplePersona };
    case "lock-identity":
      return { ...identity, state: "locked", persona: null, contacts: [], exported: null, shown: false };
    case "export-identity":
      return { ...identity, exported: "AAAA" };
    case "take-export":
      return { ...identity, exported: null };
    case "delete-identity":
      return { ...identity, state: "none", persona: null, contacts: [], fault: null, shown: false };
    case "rename-contact":
      return {
        ...identity,
        contacts: identity.contacts.map((one) => (one.id === command.contact ? { ...one, name: command.name } : one)),
      };
    case "remove-contact":
      return { ...identity, contacts: identity.contacts.filter(({ id }) => id !== command.contact) };
  }
}
