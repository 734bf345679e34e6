import type { PictureKind } from "../../core/contract/passing.ts";
import { Attestor } from "../../renderer/frames/passing/attestor.ts";
import { PassingPlan } from "../../renderer/frames/passing/plan.ts";
import { PictureStream } from "../../renderer/frames/pictures/picture-stream.ts";
import type { PictureSurroundings } from "../../renderer/frames/pictures/running-layer.ts";

/** A stream of pictures where nobody has room to pass any on. */
export function directStream(kind: PictureKind, surroundings: PictureSurroundings): PictureStream {
  const { elapsed } = surroundings;
  return new PictureStream({
    kind,
    surroundings,
    plan: new PassingPlan({ kind, elapsed, roomOf: () => 0, tell: () => undefined }),
    attestor: new Attestor({ kind, elapsed, signer: () => null }),
  });
}
