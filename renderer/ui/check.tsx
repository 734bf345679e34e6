import type { ReactNode } from "react";

interface CheckProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  /** What is chosen by it, as it is read out. */
  readonly children: ReactNode;
}

/** One of several things that can be chosen together. */
export function Check({ on, onChange, children }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}
