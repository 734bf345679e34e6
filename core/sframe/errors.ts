import { VigilError } from "../base/errors.ts";

/**
 * Why a frame could not be opened.
 * `sframe-malformed`: cut, or a header that is not minimal. `sframe-other-key`: sealed under another key id than the opener's.
 * `sframe-replayed`: its counter was seen, or is older than the window. `sframe-unopenable`: the tag does not match.
 */
export type OpenErrorCode = "sframe-malformed" | "sframe-other-key" | "sframe-replayed" | "sframe-unopenable";

export type OpenError = VigilError<OpenErrorCode>;

/** A frame's sender is at fault, whatever the reason. */
export function openError(code: OpenErrorCode): OpenError {
  return new VigilError(code, "peer");
}
