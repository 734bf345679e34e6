import { toBase64Url } from "../../../core/base/bytes.ts";
import type { MemberId } from "../../../core/base/member-id.ts";
import type { PeerId } from "../../../core/ports/mesh.ts";

/** What the sending end of the file bench asks of the receiving one. */
export type Order =
  | { readonly type: "members"; readonly peer: PeerId }
  | {
      readonly type: "receive";
      readonly peer: PeerId;
      readonly name: string;
      readonly size: number;
      /** In hex, as the secret is. */
      readonly hash: string;
      readonly secret: string;
    };

/** The one file and its sender. */
export const PARTS = { from: "A".repeat(43) as MemberId, id: toBase64Url(new Uint8Array(16).fill(1)) };
