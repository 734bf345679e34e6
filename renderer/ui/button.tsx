import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "style"> {
  /** primary: the one thing to do here; plain: other things; quiet: without a frame; danger: cannot be taken back. */
  readonly look?: "primary" | "plain" | "quiet" | "danger";
  readonly size?: "normal" | "small" | "icon";
}

/** A button in one of the app's looks; every button is this one. */
export function Button({ look = "plain", size = "normal", ...rest }: ButtonProps) {
  return <AriaButton {...rest} className={`button button-${look} button-${size}`} />;
}
