import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/progress.tsx";
import { Video } from "../../ui/stream.tsx";
import { useRemoteStream, useShown } from "../context/surroundings.ts";
import { useAct, useNameHere } from "../covers/acts-context.ts";
import { PassedMark } from "./passed-mark.tsx";
import { Cover } from "../covers/cover.tsx";

/** Text is sent as large as it is. */
const WHOLE = { width: 1920, height: 1080 };

interface SharedScreenProps {
  readonly sharer: Participant;
  readonly place: CSSProperties;
  /** Everybody in the call, to name one of them. */
  readonly participants: readonly Participant[];
  /** Others who share at the same time. */
  readonly others: readonly Participant[];
  readonly onLook: (member: MemberId) => void;
}

/** The screen that a member shares, whole, with a way to the others' if several do. */
export function SharedScreen({ sharer, participants, place, others, onLook }: SharedScreenProps) {
  const { t } = useTranslation();
  const stream = useRemoteStream(sharer.id, "screen");
  useShown(sharer.id, "screen", WHOLE.width, WHOLE.height);
  const name = useNameHere(sharer);
  const covered = useAct("cover", sharer);
  const label = t("call.theirScreen", { name: isolate(name) });
  return (
    <div className="shared" role="group" aria-label={label} style={place}>
      <p className="shared-name">
        <Icon name="screen" />
        <span>{label}</span>
        <PassedMark member={sharer.id} kind="screen" participants={participants} short={false} />
      </p>
      <div className="shared-picture">
        {stream === null ? <Spinner /> : <Video stream={stream} fit="contain" />}
        {stream !== null && covered && <Cover participant={sharer} what="screen" />}
      </div>
      {others.length > 0 && (
        <div className="shared-others">
          {others.map((other) => (
            <OtherScreen key={other.id} sharer={other} onLook={onLook} />
          ))}
        </div>
      )}
    </div>
  );
}

function OtherScreen({
  sharer,
  onLook,
}: {
  readonly sharer: Participant;
  readonly onLook: SharedScreenProps["onLook"];
}) {
  const { t } = useTranslation();
  const name = useNameHere(sharer);
  return (
    <Button size="small" onPress={() => onLook(sharer.id)}>
      {t("call.seeScreen", { name: isolate(name) })}
    </Button>
  );
}
