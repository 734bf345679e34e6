import * as v from "valibot";

/** How large a picture is shown, coarsely: not at all, or as large as one of the sizes in which a camera is sent. */
export const pictureSize = v.picklist(["none", "small", "middle", "full"]);
export type PictureSize = v.InferOutput<typeof pictureSize>;

/** What one viewer shows of one sender. A sender spends nothing on what nobody shows. */
export const wish = v.strictObject({ type: v.literal("wish"), camera: pictureSize, screen: pictureSize });
export type Wish = Omit<v.InferOutput<typeof wish>, "type">;

/** What every new link begins with, until the viewer says otherwise. */
export const FIRST_WISH: Wish = { camera: "middle", screen: "full" };

const ORDER: readonly PictureSize[] = ["none", "small", "middle", "full"];

/** Below zero when `one` is the smaller size, above when it is the larger. */
export function compareSizes(one: PictureSize, other: PictureSize): number {
  return ORDER.indexOf(one) - ORDER.indexOf(other);
}

export function sameWish(one: Wish, other: Wish): boolean {
  return one.camera === other.camera && one.screen === other.screen;
}
