import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { useFocusOnMount } from "../../ui/use-focus-on-mount.ts";
import { ChatPanel } from "../chat/chat-panel.tsx";
import { useUnread } from "../chat/use-unread.ts";
import { useSurroundings } from "../context/surroundings.ts";
import { ActsProvider, useChosenActs } from "../covers/acts-context.ts";
import { CoverBar } from "../covers/cover-bar.tsx";
import { isDone } from "../covers/local-acts.ts";
import { HandBar } from "../hands/hand-bar.tsx";
import { ToldAloud } from "../hands/told-aloud.tsx";
import { InviteDialog } from "../invite/invite-dialog.tsx";
import { Knocks } from "../knocks/knocks.tsx";
import { Notices } from "../participants/notices.tsx";
import { ParticipantsPanel } from "../participants/participants-panel.tsx";
import { useRecordSaved } from "../record/save-record.ts";
import { MotionBar } from "../ruling/motion-bar.tsx";
import { RulesDialog } from "../ruling/rules-dialog.tsx";
import { DeviceProblems } from "../settings/device-problems.tsx";
import { SettingsDialog } from "../settings/settings-dialog.tsx";
import { StatisticsDialog } from "../statistics/statistics-dialog.tsx";
import { CallHead } from "./call-head.tsx";
import { Controls } from "./controls.tsx";
import { SoundOnlyBar } from "./sound-only/sound-only-bar.tsx";
import { useSoundOnly } from "./sound-only/use-sound-only.ts";
import { Sounds } from "./sounds.tsx";
import { Stage, type StageLook } from "./stage.tsx";
import { useShortcuts } from "./use-shortcuts.ts";
import { useNarrow, useWide } from "./use-wide.ts";
import { ViewMenu } from "./view-menu.tsx";
import "./call.css";
import "./call-controls.css";
import "./tile.css";
import "./stage.css";

/** Whoever knocks is seen and answered also while a dialog is open. */
const ABOVE_DIALOGS = { "data-react-aria-top-layer": "true" };

const FIRST_LOOK: StageLook = { mode: "grid", selfView: true, pictureInPicture: false };

interface CallProps {
  readonly view: ScreenOf<"call">;
}

/** The call: everybody's tiles, the bar of controls, and beside them who is there and what is written. */
export function Call({ view }: CallProps) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const wide = useWide();
  const narrow = useNarrow();
  const heading = useFocusOnMount<HTMLHeadingElement>();
  const [participantsOpen, setParticipantsOpen] = useState(wide);
  const [chatOpen, setChatOpen] = useState(false);
  const [look, setLook] = useState<StageLook>(FIRST_LOOK);
  const endPictureInPicture = useCallback(() => setLook((last) => ({ ...last, pictureInPicture: false })), []);
  const [dialog, setDialog] = useState<"invite" | "rules" | "settings" | "statistics" | null>(null);
  const here = useChosenActs(view.acts);
  const isHeard = ({ from }: { from: MemberId }): boolean =>
    !isDone(here.acts, "hide-chat", { id: from, newcomer: false });
  const chat = view.chat.filter(isHeard);
  const files = view.files.filter(isHeard);
  const unread = useUnread([...chat, ...files], view.self, chatOpen);

  const openParticipants = (open: boolean): void => {
    setParticipantsOpen(open);
    if (open && !wide) setChatOpen(false);
  };
  const openChat = (open: boolean): void => {
    setChatOpen(open);
    if (open && !wide) setParticipantsOpen(false);
  };
  useRecordSaved(view);
  const handRaised = view.participants.some(({ self, hand }) => self && hand > 0);
  useShortcuts({
    onChat: () => openChat(!chatOpen),
    onParticipants: () => openParticipants(!participantsOpen),
    onHand: () => send({ type: "set-hand", raised: !handRaised }),
  });
  const soundOnly = useSoundOnly();
  const onInvite = (): void => setDialog("invite");
  const viewMenu = (
    <ViewMenu
      place={narrow ? "head" : "controls"}
      look={look}
      onLook={setLook}
      soundOnly={soundOnly}
      onStatistics={() => setDialog("statistics")}
    />
  );

  return (
    <ActsProvider value={here}>
      <main className="call">
        <h1 ref={heading} tabIndex={-1} className="unseen">
          {t("call.title")}
        </h1>
        <CallHead
          startedAt={view.startedAt}
          people={view.participants.length}
          participantsOpen={participantsOpen}
          onParticipants={openParticipants}
          locked={view.rules.locked}
          onInvite={narrow ? onInvite : null}
          viewMenu={narrow ? viewMenu : null}
          onRules={() => setDialog("rules")}
          onSettings={() => setDialog("settings")}
        />
        <div className="call-middle">
          <Stage
            above={
              <>
                {!participantsOpen && <MotionBar view={view} onLook={() => openParticipants(true)} />}
                {!participantsOpen && (
                  <HandBar participants={view.participants} onLook={() => openParticipants(true)} />
                )}
                <CoverBar participants={view.participants} />
                <SoundOnlyBar soundOnly={soundOnly} />
              </>
            }
            participants={view.participants}
            look={look}
            pictures={soundOnly.cause === null}
            onPictureInPictureEnd={endPictureInPicture}
            link={dialog === null ? (view.invite?.link ?? null) : null}
          />
          {(participantsOpen || chatOpen) && (
            <aside className="call-side">
              {participantsOpen && <ParticipantsPanel view={view} onClose={() => openParticipants(false)} />}
              {chatOpen && <ChatPanel view={{ ...view, chat, files }} onClose={() => openChat(false)} />}
            </aside>
          )}
          <div className="call-messages" {...ABOVE_DIALOGS}>
            <Knocks knocks={view.knocks} />
            <DeviceProblems />
            <Notices view={view} />
          </div>
        </div>
        <Controls
          chatOpen={chatOpen}
          unread={unread}
          handRaised={handRaised}
          onInvite={narrow ? null : onInvite}
          viewMenu={narrow ? null : viewMenu}
          onChat={() => openChat(!chatOpen)}
        />
        <ToldAloud participants={view.participants} />
        <Sounds participants={view.participants} />
        {dialog === "invite" && <InviteDialog view={view} onClose={() => setDialog(null)} />}
        {dialog === "rules" && <RulesDialog view={view} onClose={() => setDialog(null)} />}
        {dialog === "statistics" && (
          <StatisticsDialog participants={view.participants} onClose={() => setDialog(null)} />
        )}
        {dialog === "settings" && <SettingsDialog devices onClose={() => setDialog(null)} />}
      </main>
    </ActsProvider>
  );
}
