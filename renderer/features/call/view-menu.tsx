import { useTranslation } from "react-i18next";
import { Header, Menu, MenuItem, MenuSection, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Button } from "../../ui/button.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { ControlButton } from "./control-button.tsx";
import type { LayoutMode } from "./layout/layout.ts";
import type { SoundOnly } from "./sound-only/use-sound-only.ts";
import type { StageLook } from "./stage.tsx";

interface ViewMenuProps {
  /** Among the controls, or in the line above the tiles where they have no room for it. */
  readonly place: "controls" | "head";
  readonly look: StageLook;
  readonly onLook: (look: StageLook) => void;
  readonly soundOnly: SoundOnly;
  readonly onStatistics: () => void;
}

const MODES: readonly (readonly [LayoutMode, IconName])[] = [
  ["grid", "view"],
  ["speaker", "speaker-view"],
];

/** What is chosen of a part of the menu. */
type Chosen = "all" | Set<string | number>;

function has(keys: Chosen, key: string): boolean {
  return keys === "all" || keys.has(key);
}

/** What is seen of the call, and how it goes. */
export function ViewMenu({ place, look, onLook, soundOnly, onStatistics }: ViewMenuProps) {
  const { t } = useTranslation();
  const item = (id: string, icon: IconName, text: string) => (
    <MenuItem key={id} id={id} className="menu-item" textValue={text}>
      <Icon name={icon} />
      <span className="menu-text">{text}</span>
      <Icon name="check" />
    </MenuItem>
  );
  const choose = (keys: Chosen): void => {
    const wanted = has(keys, "sound");
    if (wanted !== (soundOnly.cause !== null)) soundOnly.choose(wanted);
    onLook({ ...look, selfView: has(keys, "self"), pictureInPicture: has(keys, "window") });
  };
  const act = (key: string | number): void => {
    if (key === "statistics") onStatistics();
  };
  return (
    <MenuTrigger>
      {place === "controls" ? (
        <ControlButton label={t("statistics.menu")} icon="view" />
      ) : (
        <Button look="quiet" size="icon" aria-label={t("statistics.menu")}>
          <Icon name="view" />
        </Button>
      )}
      <Popover className="popover" placement={place === "controls" ? "top" : "bottom end"}>
        <Menu className="menu" aria-label={t("statistics.menu")} onAction={act}>
          <MenuSection
            className="menu-part"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[look.mode]}
            onSelectionChange={(keys) => onLook({ ...look, mode: has(keys, "speaker") ? "speaker" : "grid" })}
          >
            <Header className="menu-head">{t("layout.title")}</Header>
            {MODES.map(([mode, icon]) => item(mode, icon, t(`layout.${mode}`)))}
          </MenuSection>
          <MenuSection
            className="menu-part"
            aria-label={t("layout.shown")}
            selectionMode="multiple"
            selectedKeys={[
              ...(look.selfView ? ["self"] : []),
              ...(look.pictureInPicture ? ["window"] : []),
              ...(soundOnly.cause === null ? [] : ["sound"]),
            ]}
            onSelectionChange={choose}
          >
            {item("self", "person", t("layout.selfView"))}
            {document.pictureInPictureEnabled && item("window", "picture-in-picture", t("layout.pictureInPicture"))}
            {item("sound", "speaker", t("sound.only"))}
          </MenuSection>
          <MenuSection className="menu-part" aria-label={t("statistics.title")}>
            {item("statistics", "statistics", t("statistics.title"))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
