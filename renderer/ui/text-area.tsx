import { useId } from "react";

interface TextAreaProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly maxLength: number;
  readonly onChange: (value: string) => void;
}

/** A few lines of text with its label above and a hint below. */
export function TextArea({ label, hint, value, maxLength, onChange }: TextAreaProps) {
  const id = useId();
  const hintId = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className="field-input field-area"
        rows={4}
        dir="auto"
        autoComplete="off"
        value={value}
        maxLength={maxLength}
        aria-describedby={hintId}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={hintId} className="field-hint">
        {hint}
      </p>
    </div>
  );
}
