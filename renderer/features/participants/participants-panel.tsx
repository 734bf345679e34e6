import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Participant, ScreenOf } from "../../../core/contract/snapshots.ts";
import { Icon } from "../../ui/icon.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RecordButton } from "../record/record-button.tsx";
import { handsFirst } from "../hands/in-order.ts";
import { Motions } from "../ruling/motions.tsx";
import { isModerating, removalWay } from "../ruling/standing.ts";
import { DetailsDialog } from "./details-dialog.tsx";
import { History } from "./history.tsx";
import { MeetingCode } from "./meeting-code.tsx";
import { ParticipantRow } from "./participant-row.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import "./participants.css";

interface ParticipantsPanelProps {
  readonly view: ScreenOf<"call">;
  readonly onClose: () => void;
}

/** Who is in the meeting, the code that proves it, and what has happened. */
export function ParticipantsPanel({ view, onClose }: ParticipantsPanelProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<MemberId | null>(null);
  const [removing, setRemoving] = useState<Participant | null>(null);
  const way = removalWay(view);
  const detailed = view.participants.find(({ id }) => id === shown);
  return (
    <Panel title={t("participants.title")} closeLabel={t("common.close")} name="participants" onClose={onClose}>
      <div className="people-scroll">
        <p className="panel-note">{t("participants.people", { count: view.participants.length })}</p>
        <Motions view={view} />
        <ul className="people" aria-label={t("participants.title")}>
          {handsFirst(view.participants).map((participant) => (
            <ParticipantRow
              key={participant.id}
              participant={participant}
              onDetails={participant.self ? null : () => setShown(participant.id)}
              onRemove={way !== null && !participant.self ? () => setRemoving(participant) : null}
            />
          ))}
        </ul>
        <History view={view} />
        <RecordButton view={view} />
      </div>
      <div className="people-foot">
        <p className="safety">
          <Icon name="lock" />
          <span>{t("participants.safety")}</span>
        </p>
        <MeetingCode view={view} />
      </div>
      {detailed !== undefined && (
        <DetailsDialog participant={detailed} moderating={isModerating(view)} onClose={() => setShown(null)} />
      )}
      {removing !== null && way !== null && (
        <RemoveDialog participant={removing} way={way} view={view} onClose={() => setRemoving(null)} />
      )}
    </Panel>
  );
}
