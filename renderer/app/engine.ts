import type { Ending } from "../../core/base/scope.ts";
import type { MediaDirective, MediaReport } from "../../core/contract/media-messages.ts";
import type { Fingerprint } from "../../core/contract/parts.ts";
import type { CallMedia } from "../rtc/call-media.ts";

/** The media engine as the composition root sees it; the screens get only `media`. */
export interface MediaEngine {
  readonly media: CallMedia;
  /** Carries out what the host says about links. */
  apply(directive: MediaDirective): void;
  /** What the host must hear: signals and link states. */
  subscribeReports(listener: (report: MediaReport) => void): Ending;
  /** SHA-256 of the certificate that this page uses for all its links. */
  fingerprint(): Promise<Fingerprint>;
  /** The port on which frame keys come; it goes on to the frames worker. */
  attachKeys(port: MessagePort): void;
  /** Closes every link. Devices stay as they are. */
  reset(): void;
}
