import type { MeetingCommand } from "../contract/commands.ts";
import type { MediaReport } from "../contract/media-messages.ts";
import type { Identity } from "./identity.ts";
import type { FileEvent } from "../ports/files.ts";
import type { KeptPlace } from "../ports/place.ts";
import type { Address, MeshEvent, PeerId } from "../ports/mesh.ts";

/** Everything that can happen to a meeting. */
export type MeetingEvent =
  | { readonly type: "command"; readonly command: MeetingCommand }
  | { readonly type: "media"; readonly report: MediaReport }
  /** The mesh that `start-mesh` asked for is there, or could not be had. */
  | {
      readonly type: "mesh-started";
      readonly run: number;
      readonly self: PeerId;
      readonly addresses: readonly Address[];
    }
  /** A host that has just started gets the place of one that died in a meeting. What it needs of it is copied. */
  | { readonly type: "return"; readonly place: KeptPlace }
  | { readonly type: "mesh-failed"; readonly run: number }
  | { readonly type: "mesh"; readonly event: MeshEvent }
  /** A frames worker is there, with no keys. */
  | { readonly type: "frames-attached" }
  /** A link came from outside the page: the command line, the system, a second start. */
  | { readonly type: "external-invite"; readonly link: string }
  /** The time that `wake` asked for has come. */
  | { readonly type: "woken" }
  /** Those who carry files have something to tell. */
  | { readonly type: "file"; readonly event: FileEvent }
  /** The persona's file was found, made, opened, closed or changed. */
  | { readonly type: "identity"; readonly identity: Identity }
  /** The profile's folder cannot be written. */
  | { readonly type: "profile-unwritable" }
  /** The settings of the profile are there and make no sense: careful ones are in their place. */
  | { readonly type: "settings-damaged" };
