import { ProgressBar } from "react-aria-components";

interface BarProps {
  /** What goes on; said, and not shown. */
  readonly label: string;
  /** From 0 to 1. */
  readonly part: number;
  /** How far it is, in words. */
  readonly text: string;
}

/** How far something is that takes a while. */
export function Bar({ label, part, text }: BarProps) {
  return (
    <ProgressBar className="bar" aria-label={label} value={part * 100} valueLabel={text}>
      <span className="bar-way">
        <span className="bar-done" style={{ inlineSize: `${Math.min(100, part * 100)}%` }} />
      </span>
      <span className="bar-text">{text}</span>
    </ProgressBar>
  );
}
