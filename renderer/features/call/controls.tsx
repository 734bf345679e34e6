import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocalMedia, useSurroundings } from "../context/surroundings.ts";
import { HandButton } from "../hands/hand-button.tsx";
import { ReactionMenu } from "../hands/reaction-menu.tsx";
import { ControlButton } from "./control-button.tsx";

interface ControlsProps {
  readonly chatOpen: boolean;
  readonly unread: number;
  readonly handRaised: boolean;
  /** Null where its button stands elsewhere. */
  readonly onInvite: (() => void) | null;
  /** Null where its button stands elsewhere. */
  readonly viewMenu: ReactNode;
  readonly onChat: () => void;
}

/** What one can do in a call, in one bar. */
export function Controls({ chatOpen, unread, handRaised, onInvite, viewMenu, onChat }: ControlsProps) {
  const { t } = useTranslation();
  const { media, send } = useSurroundings();
  const { microphone, camera, screen } = useLocalMedia();
  const share = (): void => {
    if (screen.on) media.stopScreen();
    else void media.startScreen();
  };
  return (
    <footer className="controls" role="toolbar" aria-label={t("call.controls")}>
      <ControlButton
        label={t(microphone.on ? "call.mute" : "call.unmute")}
        icon={microphone.on ? "microphone" : "microphone-off"}
        look={microphone.on ? "plain" : "off"}
        troubled={microphone.on && microphone.problem !== null}
        onPress={() => void media.setMicrophone(!microphone.on)}
      />
      <ControlButton
        label={t(camera.on ? "call.stopVideo" : "call.startVideo")}
        icon={camera.on ? "camera" : "camera-off"}
        look={camera.on ? "plain" : "off"}
        troubled={camera.on && camera.problem !== null}
        onPress={() => void media.setCamera(!camera.on)}
      />
      <ControlButton
        label={t(screen.on ? "call.stopSharing" : "call.shareScreen")}
        icon={screen.on ? "screen-stop" : "screen"}
        look={screen.on ? "active" : "plain"}
        busy={screen.starting}
        onPress={share}
      />
      <HandButton raised={handRaised} />
      <ReactionMenu />
      {viewMenu}
      {onInvite !== null && <ControlButton label={t("call.invite")} icon="person-add" onPress={onInvite} />}
      <ControlButton
        label={t("call.chat")}
        icon="chat"
        look={chatOpen ? "active" : "plain"}
        expanded={chatOpen}
        badge={unread}
        note={unread > 0 ? t("call.unread", { count: unread }) : ""}
        onPress={onChat}
      />
      <ControlButton label={t("call.leave")} icon="leave" look="leave" onPress={() => send({ type: "leave" })} />
    </footer>
  );
}
