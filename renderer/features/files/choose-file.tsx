import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useSurroundings } from "../context/surroundings.ts";

/** The way to offer a file to everybody. The window asks which one: this page never learns where it is. */
export function ChooseFile() {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  return (
    <Button look="quiet" size="icon" aria-label={t("files.choose")} onPress={() => send({ type: "choose-file" })}>
      <Icon name="attach" />
    </Button>
  );
}
