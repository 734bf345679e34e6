import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { useLocalMedia } from "../context/surroundings.ts";
import { Icon } from "../../ui/icon.tsx";
import { Alone } from "./alone.tsx";
import { SharedScreen } from "./shared-screen.tsx";
import { Tile } from "./tile.tsx";
import { TileGrid } from "./tile-grid.tsx";

interface StageProps {
  /** A line over the tiles. */
  readonly above: ReactNode;
  readonly participants: readonly Participant[];
  /** The link to show while nobody else is there. */
  readonly link: string | null;
}

/** Two people see each other large and themselves small; more share the room evenly; a shared screen comes first. */
export function Stage({ above, participants, link }: StageProps) {
  const { t } = useTranslation();
  const { screen } = useLocalMedia();
  const [looked, setLooked] = useState<MemberId | null>(null);
  const sharers = participants.filter((participant) => !participant.self && participant.media.screen);
  const sharer = sharers.find(({ id }) => id === looked) ?? sharers[0];
  const own = participants.find((participant) => participant.self);
  const others = participants.filter((participant) => !participant.self);

  return (
    <section className="stage" aria-label={t("call.stage")}>
      {above}
      {screen.on && (
        <p className="stage-sharing" role="status">
          <Icon name="screen" />
          <span>{t("call.sharing")}</span>
        </p>
      )}
      {sharer !== undefined ? (
        <div className="stage-shared">
          <SharedScreen sharer={sharer} others={sharers.filter(({ id }) => id !== sharer.id)} onLook={setLooked} />
          <div className="strip">
            {participants.map((participant) => (
              <Tile key={participant.id} participant={participant} small />
            ))}
          </div>
        </div>
      ) : others.length === 1 && own !== undefined ? (
        <div className="stage-pair">
          <TileGrid participants={others} />
          <Tile participant={own} small />
        </div>
      ) : (
        <TileGrid participants={participants} />
      )}
      {others.length === 0 && <Alone link={link} />}
    </section>
  );
}
