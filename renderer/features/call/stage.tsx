import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { Icon } from "../../ui/icon.tsx";
import { useSize } from "../../ui/use-size.ts";
import { useLocalMedia } from "../context/surroundings.ts";
import { Alone } from "./alone.tsx";
import { layOut, type LayoutMode } from "./layout/layout.ts";
import { useSpeaker } from "./layout/use-speaker.ts";
import { Pager } from "./pager.tsx";
import { PictureInPicture } from "./picture-in-picture.tsx";
import { SharedScreen } from "./shared-screen.tsx";
import { placeStyle } from "./stage-place.ts";
import { Tile } from "./tile.tsx";
import { usePinning } from "./use-pinning.ts";

/** What a call is rehearsed in, out of sight and unmeasured, so that its tiles are rehearsed, too. */
const USUAL_ROOM = { width: 900, height: 600 };

/** What a person has chosen to see. */
export interface StageLook {
  readonly mode: LayoutMode;
  readonly selfView: boolean;
  /** Whether somebody is shown in a small window over all others, too. */
  readonly pictureInPicture: boolean;
}

interface StageProps {
  /** A line over the tiles. */
  readonly above: ReactNode;
  readonly participants: readonly Participant[];
  /** The link to show while nobody else is there. */
  readonly link: string | null;
  readonly look: StageLook;
  /** False where there is sound alone: nothing is shown then, so nothing is sent. */
  readonly pictures: boolean;
  readonly onPictureInPictureEnd: () => void;
}

/** With how many others there is something to choose between. */
const PINNED_FROM = 2;

/** Everybody in their places: side by side, or one large and the rest in a strip; a shared screen comes first. */
export function Stage(props: StageProps) {
  const { above, participants, link, look, pictures, onPictureInPictureEnd } = props;
  const { t } = useTranslation();
  const { screen } = useLocalMedia();
  const field = useRef<HTMLDivElement>(null);
  const size = useSize(field, USUAL_ROOM);
  const [looked, setLooked] = useState<MemberId | null>(null);
  const [wanted, setWanted] = useState(0);
  const pinning = usePinning(participants.map(({ id }) => id));
  const others = participants.filter(({ self }) => !self);
  const sharers = others.filter(({ media }) => media.screen && pictures);
  const sharer = sharers.find(({ id }) => id === looked) ?? sharers[0];
  const speaker = useSpeaker(
    others.map(({ id }) => id),
    (look.mode === "speaker" || look.pictureInPicture) && others.length >= PINNED_FROM,
  );
  const { tiles, page, pages } = layOut(
    {
      members: participants,
      ...look,
      pinned: pinning.pinned,
      speaker,
      sharer: sharer?.id ?? null,
      page: wanted,
    },
    size,
  );

  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "PageDown" && page < pages - 1) setWanted(page + 1);
    else if (event.key === "PageUp" && page > 0) setWanted(page - 1);
    else if (!movesFocus(event, field.current)) return;
    event.preventDefault();
  };

  return (
    <section className="stage" aria-label={t("call.stage")} onKeyDown={onKey}>
      {above}
      {screen.on && (
        <p className="stage-sharing" role="status">
          <Icon name="screen" />
          <span>{t("call.sharing")}</span>
        </p>
      )}
      <div ref={field} className="stage-field">
        {size.width > 0 &&
          tiles.map((place) => {
            const participant = participants.find(({ id }) => id === place.member);
            if (participant === undefined) return null;
            if (place.what === "screen") {
              return (
                <SharedScreen
                  key={`screen ${place.member}`}
                  sharer={participant}
                  participants={participants}
                  place={placeStyle(place)}
                  others={sharers.filter(({ id }) => id !== place.member)}
                  onLook={setLooked}
                />
              );
            }
            return (
              <Tile
                key={place.member}
                participant={participant}
                participants={participants}
                place={place}
                pictures={pictures}
                pinning={others.length >= PINNED_FROM ? pinning : null}
              />
            );
          })}
        {pages > 1 && <Pager page={page} pages={pages} onPage={setWanted} />}
      </div>
      {look.pictureInPicture && pictures && (
        <PictureInPicture
          participants={participants}
          preferred={[pinning.pinned, speaker]}
          onEnd={onPictureInPictureEnd}
        />
      )}
      {others.length === 0 && <Alone link={link} />}
    </section>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 };

/** Whether an arrow key moved the focus from one tile's button to the next one's. */
function movesFocus({ key }: KeyboardEvent, field: HTMLElement | null): boolean {
  const along = STEPS[key];
  if (along === undefined || field === null) return false;
  const pins = [...field.querySelectorAll<HTMLElement>("[data-pin]")];
  const present = pins.findIndex((pin) => pin === document.activeElement);
  if (present === -1) return false;
  const mirrored = document.documentElement.dir === "rtl" && (key === "ArrowLeft" || key === "ArrowRight");
  pins[(present + (mirrored ? -along : along) + pins.length) % pins.length]?.focus();
  return true;
}
