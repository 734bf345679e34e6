import type { Ending } from "../../core/base/scope.ts";
import type { LinkPath, LinkState } from "../../core/contract/media-messages.ts";
import type { MemberId } from "../../core/contract/parts.ts";
import type { ShownIn } from "./viewing.ts";

export type DeviceKind = "microphone" | "camera" | "speaker";

/** Why a device gives nothing: none is there, another program holds it, the person or system said no, it was pulled out, or something else. */
export type DeviceProblem = "none-found" | "busy" | "refused" | "unplugged" | "failed";

export interface DeviceChoice {
  readonly id: string;
  readonly label: string;
}

export interface LocalDevice {
  /** What the person asked for; `problem` says why it may not be so. */
  readonly on: boolean;
  readonly starting: boolean;
  readonly problem: DeviceProblem | null;
  readonly choices: readonly DeviceChoice[];
  /** The id in use, null for the system's default. */
  readonly chosen: string | null;
}

/** An immutable picture of this person's own devices; a new object for each change. */
export interface LocalMedia {
  readonly microphone: LocalDevice;
  readonly camera: LocalDevice;
  readonly speaker: { readonly choices: readonly DeviceChoice[]; readonly chosen: string | null };
  readonly screen: { readonly on: boolean; readonly starting: boolean; readonly problem: DeviceProblem | null };
  /** One's own camera picture, null while it is off. */
  readonly cameraStream: MediaStream | null;
  readonly screenStream: MediaStream | null;
}

/** What arrives from one member, as streams for media elements. A stream stays the same object while its member's link lives. */
export interface RemoteMedia {
  readonly microphone: MediaStream | null;
  readonly camera: MediaStream | null;
  readonly screen: MediaStream | null;
}

/** Counts since the link began, from WebRTC statistics and the frames worker. */
export interface LinkStatistics {
  readonly member: MemberId;
  readonly state: LinkState;
  readonly path: LinkPath;
  /** ms, null before the first measure. */
  readonly roundTripMs: number | null;
  /** RTP packets of sound received. */
  readonly audioPackets: number;
  /** Frames of the camera decoded, and of these per second over the last second. */
  readonly videoFrames: number;
  readonly videoFramesPerSecond: number;
  readonly videoWidth: number;
  readonly videoHeight: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  /** Frames of all kinds from this member that the frames worker opened, and that it dropped because they could not be. */
  readonly framesOpened: number;
  readonly framesDropped: number;
  readonly framesSealed: number;
  /** Epoch of the key that opened the latest frame; 0 before the first. */
  readonly epoch: number;
}

/** Everything the screens may ask of devices, links and frames. Views get this and never the engine behind it. */
export interface CallMedia {
  local(): LocalMedia;
  subscribeLocal(listener: () => void): Ending;
  remote(member: MemberId): RemoteMedia;
  subscribeRemote(listener: () => void): Ending;
  /**
   * A picture of a member is on the screen in a room of so many pixels, until the ending is called: only what is shown
   * somewhere is sent here, and no larger than it is shown.
   */
  show(member: MemberId, kind: "camera" | "screen", room: ShownIn): Ending;
  /** Opens the devices that are on, for the preview. Failures show in `local()`; it never rejects. */
  prepare(): Promise<void>;
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  startScreen(): Promise<void>;
  stopScreen(): void;
  choose(kind: DeviceKind, id: string): Promise<void>;
  /** Sound level at this moment, 0 to 1, of a member or of one's own microphone; made to be polled once a drawn frame. */
  level(of: MemberId | "self"): number;
  statistics(): Promise<readonly LinkStatistics[]>;
  /** Lets go of every device. The next `prepare` opens them again. */
  release(): void;
}
