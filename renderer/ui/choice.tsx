import { Button } from "react-aria-components/Button";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Select, SelectValue } from "react-aria-components/Select";
import { Icon } from "./icon.tsx";

export interface ChoiceOption {
  readonly id: string;
  readonly text: string;
}

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly ChoiceOption[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
  readonly disabled?: boolean;
  /** quiet: label and value on one line, without a frame. */
  readonly look?: "framed" | "quiet";
}

/** One of a few, from a list that opens. */
export function Choice({ label, options, chosen, onChoose, disabled = false, look = "framed" }: ChoiceProps) {
  return (
    <Select
      className={`choice choice-${look}`}
      value={chosen}
      isDisabled={disabled}
      onChange={(key) => {
        if (typeof key === "string") onChoose(key);
      }}
    >
      <Label className="field-label">{label}</Label>
      <Button className="choice-button">
        <SelectValue className="choice-value" />
        <Icon name="down" />
      </Button>
      <Popover className="popover">
        <ListBox className="choice-list" items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.text} className="choice-option">
              <span className="choice-option-text">{option.text}</span>
              <Icon name="check" />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
