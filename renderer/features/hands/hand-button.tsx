import { useTranslation } from "react-i18next";
import { useSurroundings } from "../context/surroundings.ts";
import { ControlButton } from "../call/control-button.tsx";

/** Raises this person's hand, or lowers it. */
export function HandButton({ raised }: { readonly raised: boolean }) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  return (
    <ControlButton
      label={t(raised ? "hands.lower" : "hands.raise")}
      icon="hand"
      look={raised ? "active" : "plain"}
      onPress={() => send({ type: "set-hand", raised: !raised })}
    />
  );
}
