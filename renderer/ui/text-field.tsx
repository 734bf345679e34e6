import { useId, type InputHTMLAttributes, type Ref } from "react";
import { Icon } from "./icon.tsx";

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "autoComplete" | "onChange" | "value"> {
  readonly label: string;
  readonly value: string;
  readonly onChange?: (value: string) => void;
  readonly hint?: string;
  /** What is wrong with the value, in words; null while nothing is. */
  readonly error?: string | null;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/**
 * A line of text with its label above and, below, a hint or what is wrong. Chromium writes to the disk what stands in a
 * field that it may complete, so as to restore it; in these it may not.
 */
export function TextField({ label, value, onChange, hint, error = null, inputRef, ...rest }: TextFieldProps) {
  const id = useId();
  const noteId = useId();
  const noted = error !== null || hint !== undefined;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        {...rest}
        autoComplete="off"
        ref={inputRef}
        id={id}
        className="field-input"
        value={value}
        onChange={(event) => onChange?.(event.target.value)}
        aria-invalid={error !== null}
        aria-describedby={noted ? noteId : undefined}
      />
      {error !== null ? (
        <p id={noteId} className="field-error" role="alert">
          <Icon name="warning" />
          <span>{error}</span>
        </p>
      ) : (
        hint !== undefined && (
          <p id={noteId} className="field-hint">
            {hint}
          </p>
        )
      )}
    </div>
  );
}
