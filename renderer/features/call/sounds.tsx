import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Sound } from "../../ui/stream.tsx";
import { useAct, useVolume } from "../covers/acts-context.ts";
import { useLocalMedia, useRemoteStream } from "../context/surroundings.ts";

interface VoiceProps {
  readonly participant: Participant;
  readonly attempt: number;
  readonly onBlocked: () => void;
}

function Voice({ participant, attempt, onBlocked }: VoiceProps) {
  const stream = useRemoteStream(participant.id, "microphone");
  const muted = useAct("mute", participant);
  const volume = useVolume(participant.id);
  const { speaker } = useLocalMedia();
  if (stream === null) return null;
  return (
    <Sound
      stream={stream}
      muted={muted}
      volume={volume / 100}
      speaker={speaker.chosen}
      attempt={attempt}
      onBlocked={onBlocked}
    />
  );
}

/** Everybody's sound, whether or not their tile is on this page; one button where the browser holds it back. */
export function Sounds({ participants }: { readonly participants: readonly Participant[] }) {
  const { t } = useTranslation();
  const [attempt, setAttempt] = useState(0);
  const [blocked, setBlocked] = useState(false);
  const onBlocked = useCallback(() => setBlocked(true), []);
  const again = (): void => {
    setBlocked(false);
    setAttempt(attempt + 1);
  };
  return (
    <>
      {participants
        .filter((participant) => !participant.self)
        .map((participant) => (
          <Voice key={participant.id} participant={participant} attempt={attempt} onBlocked={onBlocked} />
        ))}
      {blocked && (
        <div className="banner" role="alert">
          <Icon name="speaker" />
          <p>{t("call.soundBlocked")}</p>
          <Button size="small" onPress={again}>
            {t("call.playSound")}
          </Button>
        </div>
      )}
    </>
  );
}
