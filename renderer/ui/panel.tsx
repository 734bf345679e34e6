import { useEffect, useId, useRef, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

interface PanelProps {
  readonly title: string;
  readonly name: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A part of the window beside the tiles; in a narrow window it covers them. Escape inside it closes it. */
export function Panel({ title, name, closeLabel, onClose, children }: PanelProps) {
  const id = useId();
  const ref = useRef<HTMLElement>(null);
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });
  useEffect(() => {
    const element = ref.current;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !event.defaultPrevented) latest.current();
    };
    element?.addEventListener("keydown", onKey);
    return () => element?.removeEventListener("keydown", onKey);
  }, []);
  return (
    <section ref={ref} className={`panel panel-${name}`} aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id} className="panel-title">
          {title}
        </h2>
        <Button look="quiet" size="icon" aria-label={closeLabel} onPress={onClose}>
          <Icon name="close" />
        </Button>
      </header>
      {children}
    </section>
  );
}
