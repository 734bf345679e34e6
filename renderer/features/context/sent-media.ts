import type { MediaState } from "../../../core/contract/parts.ts";
import type { LocalMedia } from "../../rtc/call-media.ts";

/** What a person sends in truth: what is on and gives something. */
export function sentMedia(local: LocalMedia): MediaState {
  return {
    microphone: local.microphone.on && local.microphone.problem === null,
    camera: local.camera.on && local.camera.problem === null,
    screen: local.screen.on,
  };
}
