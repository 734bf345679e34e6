import { useTranslation } from "react-i18next";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ControlButton } from "./control-button.tsx";

interface ViewMenuProps {
  /** Among the controls, or in the line above the tiles where they have no room for it. */
  readonly place: "controls" | "head";
  readonly onStatistics: () => void;
}

/** What is seen of the call, and how it goes. */
export function ViewMenu({ place, onStatistics }: ViewMenuProps) {
  const { t } = useTranslation();
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
        <Menu className="menu">
          <MenuItem id="statistics" className="menu-item" textValue={t("statistics.title")} onAction={onStatistics}>
            <Icon name="statistics" />
            <span>{t("statistics.title")}</span>
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
