import type { LinkId, Mesh, MeshEvent, PeerId } from "../../core/ports/mesh.ts";

type Told<Type extends MeshEvent["type"]> = Extract<MeshEvent, { type: Type }>;

/** Everything one mesh has told, in order. */
export class Watch {
  readonly mesh: Mesh;
  readonly events: MeshEvent[] = [];

  constructor(mesh: Mesh) {
    this.mesh = mesh;
    mesh.subscribe((event) => this.events.push(event));
  }

  all<Type extends MeshEvent["type"]>(type: Type): Told<Type>[] {
    return this.events.filter((event): event is Told<Type> => event.type === type);
  }

  /** The links opened with a peer, closed or not, in order. */
  linksWith(peer: PeerId): Told<"link-opened">[] {
    return this.all("link-opened").filter((opened) => opened.peer === peer);
  }

  hasClosed(link: LinkId): boolean {
    return this.all("link-closed").some((closed) => closed.link === link);
  }

  openLinksWith(peer: PeerId): Told<"link-opened">[] {
    return this.linksWith(peer).filter((opened) => !this.hasClosed(opened.link));
  }

  messagesOn(link: LinkId): Uint8Array[] {
    return this.all("message")
      .filter((message) => message.link === link)
      .map((message) => message.bytes);
  }
}
