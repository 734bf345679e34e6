/** A room or a tile, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
