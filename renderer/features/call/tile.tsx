import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { Icon } from "../../ui/icon.tsx";
import { Video } from "../../ui/stream.tsx";
import { Avatar } from "../avatar/avatar.tsx";
import { useLocalMedia, useRemoteStream, useShown } from "../context/surroundings.ts";
import { useSpeaking } from "../context/use-speaking.ts";
import { useAct, useNameHere } from "../covers/acts-context.ts";
import { Cover } from "../covers/cover.tsx";
import { HandMark } from "../hands/hand-mark.tsx";
import { ReactionMark } from "../hands/reaction-mark.tsx";
import { TrustMark } from "../participants/trust-mark.tsx";
import { connectionOf } from "./connection.ts";
import { ConnectionMark } from "./connection-mark.tsx";
import type { PlacedTile } from "./layout/placed.ts";
import { PassedMark } from "./passed-mark.tsx";
import { PinButton } from "./pin-button.tsx";
import { placeStyle } from "./stage-place.ts";
import type { Pinning } from "./use-pinning.ts";

/** Below this height, in pixels, the words on a tile are drawn smaller. */
const SMALL = 110;

/** Below this width, in pixels, there is room for one name only. */
const NARROW = 240;

interface TileProps {
  readonly participant: Participant;
  readonly place: PlacedTile;
  /** False where there is sound alone. */
  readonly pictures: boolean;
  /** Everybody in the call, to name one of them. */
  readonly participants: readonly Participant[];
  /** Null where there is nothing to choose between. */
  readonly pinning: Pinning | null;
}

/** What is drawn of one's own camera needs no way round by the network. */
function usePicture(participant: Participant): MediaStream | null {
  const remote = useRemoteStream(participant.id, "camera");
  const local = useLocalMedia();
  if (participant.self) return local.camera.on ? local.cameraStream : null;
  return participant.media.camera ? remote : null;
}

function useMuted(participant: Participant): boolean {
  const { microphone } = useLocalMedia();
  return participant.self ? !microphone.on || microphone.problem !== null : !participant.media.microphone;
}

/** One member: their picture or their shape, their name, and how things stand with them. */
export function Tile({ participant, participants, place, pictures, pinning }: TileProps) {
  const { t } = useTranslation();
  const ref = useRef<HTMLElement>(null);
  const name = useNameHere(participant);
  const covered = useAct("cover", participant);
  const stream = usePicture(participant);
  const picture = pictures || participant.self ? stream : null;
  const muted = useMuted(participant);
  const connection = connectionOf(participant);
  useShown(participant.self || !pictures ? null : participant.id, "camera", place.width, place.height);
  useSpeaking(ref, participant.self ? "self" : participant.id);
  const tiny = place.role === "strip" || place.role === "over" || place.height < SMALL;

  return (
    <figure
      ref={ref}
      className={`tile ${tiny ? "tile-small" : ""} tile-${place.role}`}
      aria-label={name}
      data-member={participant.id}
      data-connection={connection ?? "self"}
      style={placeStyle(place)}
    >
      <Avatar member={participant.id} />
      {picture !== null && <Video stream={picture} mirrored={participant.self} />}
      {picture !== null && covered && <Cover participant={participant} what="picture" small={tiny} />}
      {connection !== null && <ConnectionMark connection={connection} />}
      {participant.hand > 0 && <HandMark place={participant.hand} />}
      <figcaption className="tile-caption">
        {muted && (
          <span className="tile-muted" role="img" aria-label={t("tile.muted")}>
            <Icon name="microphone-off" />
          </span>
        )}
        <bdi className="tile-name">{name}</bdi>
        <TrustMark participant={participant} />
        {picture !== null && (
          <PassedMark
            member={participant.id}
            kind="camera"
            participants={participants}
            short={tiny || place.width < NARROW}
          />
        )}
        {participant.self && <span className="tile-you">{t("tile.you")}</span>}
      </figcaption>
      {pinning !== null && <PinButton member={participant.id} name={name} pinning={pinning} />}
      <ReactionMark participant={participant} />
    </figure>
  );
}
