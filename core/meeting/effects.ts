import type { Secret } from "../base/secret.ts";
import type { KeyMessage } from "../contract/key-messages.ts";
import type { MediaDirective } from "../contract/media-messages.ts";
import type { Settings } from "../contract/settings.ts";
import type { SavedContact } from "../persona/vault.ts";
import type { FileOrder } from "../ports/files.ts";
import type { Address, LinkId, PeerId } from "../ports/mesh.ts";

/** Everything a meeting may ask of the world. The runner carries them out in order. */
export type Effect =
  /** Makes a node for one meeting. `run` names it, so that an answer that comes too late is told apart. */
  | {
      readonly type: "start-mesh";
      readonly run: number;
      readonly rendezvousTag: string;
      readonly peerKey: Secret<"peer-key">;
    }
  /** Keeps what the person has chosen for all meetings to come. */
  | { readonly type: "keep-settings"; readonly settings: Settings }
  /** Keeps a contact in the persona's file, in place of an earlier one of the same key. */
  | { readonly type: "keep-contact"; readonly contact: SavedContact }
  /** What the node is to be found under on the local network from now on. */
  | { readonly type: "announce"; readonly tags: readonly string[] }
  /** Ends the node: links close after what is queued has been sent. */
  | { readonly type: "stop-mesh" }
  | { readonly type: "dial"; readonly peer: PeerId; readonly addresses: readonly Address[] }
  | { readonly type: "send"; readonly link: LinkId; readonly message: Uint8Array }
  | { readonly type: "close"; readonly link: LinkId }
  | { readonly type: "file"; readonly order: FileOrder }
  /** Gossip to all members: a speed-up, never relied on. */
  | { readonly type: "publish"; readonly message: Uint8Array }
  | { readonly type: "set-members"; readonly peers: readonly PeerId[] }
  /** Something was thrown inside the step: for the developers' ears, without anything secret. */
  | { readonly type: "report"; readonly defect: unknown }
  | { readonly type: "media"; readonly directive: MediaDirective }
  | { readonly type: "key"; readonly message: KeyMessage };
