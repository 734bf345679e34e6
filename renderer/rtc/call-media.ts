import type { Ending } from "../../core/base/scope.ts";
import type { LinkPath, LinkState } from "../../core/contract/media-messages.ts";
import type { PassingChoice, SoundTreatment } from "../../core/contract/settings.ts";
import type { MemberId } from "../../core/contract/parts.ts";
import type { LinkRoute } from "../../core/media/link-path.ts";
import type { Strain } from "../frames/messages.ts";
import type { ShownIn } from "./viewing.ts";

export type { Strain };

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

/** Who passes on what is shown of a member; null for what comes from the member itself. */
export interface PassedBy {
  readonly camera: MemberId | null;
  readonly screen: MemberId | null;
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
  readonly route: LinkRoute;
  /** ms, null before the first measure. */
  readonly roundTripMs: number | null;
  /** RTP packets of sound received. */
  readonly audioPackets: number;
  /** RTP packets of all kinds: received, missing among those sent here, sent, and missing there by the other side's word. */
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly packetsSent: number;
  readonly packetsLostThere: number;
  /** Samples of sound played, and of these made up because what was sent had not come. */
  readonly soundSamples: number;
  readonly concealedSamples: number;
  /** Frames of the camera decoded, and of these per second over the last second. */
  readonly videoFrames: number;
  readonly videoFramesPerSecond: number;
  readonly videoWidth: number;
  readonly videoHeight: number;
  /** The shared screen as it is decoded; zeros without one. */
  readonly screenFramesPerSecond: number;
  readonly screenWidth: number;
  readonly screenHeight: number;
  /** Who passes on this member's camera; null while it comes from the member. */
  readonly cameraBy: MemberId | null;
  /** How much later a camera that is passed on comes than its sender's sound, in ms; 0 where that cannot be told. */
  readonly cameraLaterMs: number;
  /** Pictures that this machine threw away because it could not draw them in time. */
  readonly videoFramesTooLate: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  /** Frames of all kinds from this member that the frames worker opened, and that it dropped because they could not be. */
  readonly framesOpened: number;
  readonly framesDropped: number;
  /** Of the dropped: those whose seal did not fit, and those for which there was no key. */
  readonly framesForged: number;
  readonly framesKeyless: number;
  readonly framesSealed: number;
  /** Epoch of the key that opened the latest frame; 0 before the first. */
  readonly epoch: number;
}

/** One size of a picture as it is sent, pictures a second included. */
export interface SentLayer {
  readonly kind: "camera" | "screen";
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
}

/** One's own pictures on their way to one member. */
export interface SentTo {
  readonly member: MemberId;
  readonly layer: SentLayer | null;
  /** What keeps it smaller than it is shown there; null for nothing. */
  readonly heldBack: "link" | "source" | "processor" | null;
}

/** What this machine does to send its pictures. */
export interface SendingStatistics {
  /** Sizes that are encoded; where each link encodes for itself, one for each. */
  readonly layers: readonly SentLayer[];
  readonly sent: readonly SentTo[];
  /** Null where the browser does not say. */
  readonly hardware: boolean | null;
  /** Pictures a second beyond which this machine cannot keep up; null while it can. */
  readonly mostFramesPerSecond: number | null;
}

/** Everything that is counted of a call at one moment. */
export interface CallStatistics {
  /** When it was counted: milliseconds that never go back. */
  readonly atMs: number;
  readonly links: readonly LinkStatistics[];
  readonly sending: SendingStatistics;
  /** Copies of others' pictures that go on from here. */
  readonly passedOn: number;
}

/** Everything the screens may ask of devices, links and frames. Views get this and never the engine behind it. */
export interface CallMedia {
  local(): LocalMedia;
  subscribeLocal(listener: () => void): Ending;
  remote(member: MemberId): RemoteMedia;
  passedBy(member: MemberId): PassedBy;
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
  /** What is done to one's own sound before it is sent; holds at once, and for every microphone. */
  treatSound(treatment: SoundTreatment): Promise<void>;
  /** When others' pictures may be passed on from this machine; holds at once. */
  allowPassing(choice: PassingChoice): void;
  startScreen(): Promise<void>;
  stopScreen(): void;
  choose(kind: DeviceKind, id: string): Promise<void>;
  /** Sound level at this moment, 0 to 1, of a member or of one's own microphone; made to be polled once a drawn frame. */
  level(of: MemberId | "self"): number;
  statistics(): Promise<readonly LinkStatistics[]>;
  /** The same and what is sent. Costs a question to each link and to the frames worker: once a second at most. */
  callStatistics(): Promise<CallStatistics>;
  /** What is too much for this machine or its links. Costs nothing: it is known already. */
  strain(): Strain;
  /** Lets go of every device. The next `prepare` opens them again. */
  release(): void;
}
