import { Icon, type IconName } from "./icon.tsx";

interface SwitchProps {
  readonly label: string;
  readonly on: boolean;
  readonly icon: IconName;
  /** The id of further words about it. */
  readonly describedBy?: string;
  readonly onChange: (on: boolean) => void;
}

/** A switch with its name beside it; the whole row can be pressed. */
export function Switch({ label, on, icon, describedBy, onChange }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={label}
      aria-describedby={describedBy}
      className="switch"
      onClick={() => onChange(!on)}
    >
      <Icon name={icon} />
      <span className="switch-label">{label}</span>
      <span className="switch-track" aria-hidden="true">
        <span className="switch-thumb" />
      </span>
    </button>
  );
}
