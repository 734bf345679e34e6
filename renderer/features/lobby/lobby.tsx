import { useTranslation } from "react-i18next";
import { cleanName } from "../../../core/contract/clean-name.ts";
import type { ProblemCode } from "../../../core/contract/problems.ts";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useFocusOnMount } from "../../ui/use-focus-on-mount.ts";
import { useLocalMedia, useSurroundings } from "../context/surroundings.ts";
import { NameField } from "../home/name-field.tsx";
import { DeviceChoices } from "../settings/device-choices.tsx";
import { DeviceProblems } from "../settings/device-problems.tsx";
import { sentMedia } from "../context/sent-media.ts";
import { ShowIdentity } from "../identity/show-identity.tsx";
import { LobbySwitches } from "./lobby-switches.tsx";
import { Preview } from "./preview.tsx";
import { Reach } from "./reach.tsx";
import { Waiting } from "./waiting.tsx";
import "./lobby.css";

interface LobbyProps {
  readonly view: ScreenOf<"lobby">;
  readonly problem: ProblemCode | null;
  readonly name: string;
  readonly onName: (name: string) => void;
  /** Whether a name was given before this screen; a page that came back has lost it and asks again. */
  readonly named: boolean;
}

/** The screen before entering: one's picture, one's devices, and whether the meeting is there. */
export function Lobby({ view, name, onName, named }: LobbyProps) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  const heading = useFocusOnMount<HTMLHeadingElement>();
  const local = useLocalMedia();
  const cleaned = cleanName(name);
  const entering = view.entry === "entering";
  // Where nobody can be reached, that is what is said.
  const goingIn = entering && view.reach !== "unreachable";

  const enter = (): void => send({ type: "enter-meeting", name: cleaned, media: sentMedia(local) });

  return (
    <main className="lobby">
      <Preview />
      <section className="lobby-side">
        <h1 ref={heading} tabIndex={-1} className="lobby-title">
          {t("lobby.title")}
        </h1>
        {view.entry === "waiting" ? (
          <Waiting />
        ) : (
          <>
            <Reach view={view} />
            {!named && <NameField name={name} error={null} onName={onName} />}
            <DeviceProblems />
            <LobbySwitches />
            <ShowIdentity />
            <DeviceChoices />
            <div className="lobby-actions">
              <Button look="primary" isDisabled={cleaned === ""} isPending={entering} onPress={enter}>
                {t("lobby.enter")}
              </Button>
              <Button onPress={() => send({ type: "leave" })}>
                <Icon name="previous" />
                {t("lobby.back")}
              </Button>
            </div>
            <p className="lobby-entering" role="status" hidden={!goingIn}>
              {goingIn ? t("lobby.entering") : ""}
            </p>
          </>
        )}
      </section>
    </main>
  );
}
