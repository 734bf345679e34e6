import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components/Button";
import { Icon, type IconName } from "../../ui/icon.tsx";

interface ControlButtonProps {
  readonly label: string;
  readonly icon: IconName;
  /** Not needed where what is around the button opens something by it. */
  readonly onPress?: () => void;
  readonly look?: "plain" | "off" | "active" | "leave";
  readonly troubled?: boolean;
  readonly busy?: boolean;
  readonly expanded?: boolean;
  /** A number beside the icon; 0 for none. */
  readonly badge?: number;
  /** What the badge means, for those who do not see it. */
  readonly note?: string;
}

/** One round button of the bar with its name below; in a narrow window only the icon is seen. */
export function ControlButton(props: ControlButtonProps) {
  const {
    label,
    icon,
    onPress,
    look = "plain",
    troubled = false,
    busy = false,
    expanded,
    badge = 0,
    note = "",
  } = props;
  const { i18n } = useTranslation();
  const noteId = useId();
  return (
    <span className="control">
      <Button
        className={`control-button control-${look}`}
        aria-label={label}
        isPending={busy}
        {...(expanded === undefined ? {} : { "aria-expanded": expanded })}
        {...(note === "" ? {} : { "aria-describedby": noteId })}
        {...(onPress === undefined ? {} : { onPress })}
      >
        <Icon name={icon} />
        {badge > 0 && (
          <span className="control-badge" aria-hidden="true">
            {new Intl.NumberFormat(i18n.language).format(Math.min(badge, 99))}
          </span>
        )}
        {troubled && (
          <span className="control-badge control-trouble" aria-hidden="true">
            <Icon name="warning" />
          </span>
        )}
      </Button>
      <span className="control-label" aria-hidden="true">
        {label}
      </span>
      {note !== "" && (
        <span id={noteId} hidden>
          {note}
        </span>
      )}
    </span>
  );
}
