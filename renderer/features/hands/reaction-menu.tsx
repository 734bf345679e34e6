import { useTranslation } from "react-i18next";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { reactionKinds } from "../../../core/contract/reactions.ts";
import { Icon } from "../../ui/icon.tsx";
import { ControlButton } from "../call/control-button.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import { reactionIcons } from "./reaction-icons.ts";
import "./hands.css";

/** The button that opens the few reactions there are. One is sent as soon as it is chosen. */
export function ReactionMenu() {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  return (
    <MenuTrigger>
      <ControlButton label={t("hands.react")} icon="laugh" />
      <Popover className="popover" placement="top">
        <Menu className="reactions">
          {reactionKinds.map((kind) => (
            <MenuItem
              key={kind}
              id={kind}
              textValue={t(`hands.kind.${kind}`)}
              className="reaction"
              onAction={() => send({ type: "react", kind })}
            >
              <Icon name={reactionIcons[kind]} />
              <span>{t(`hands.kind.${kind}`)}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
