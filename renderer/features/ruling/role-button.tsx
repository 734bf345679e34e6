import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { Button } from "../../ui/button.tsx";
import { useSurroundings } from "../context/surroundings.ts";

/** For a moderator: makes somebody a moderator, or no moderator any more. Everybody is told. */
export function RoleButton({ participant: { id, moderator } }: { readonly participant: Participant }) {
  const { t } = useTranslation();
  const { send } = useSurroundings();
  return (
    <Button onPress={() => send({ type: moderator ? "dismiss" : "appoint", member: id })}>
      {t(moderator ? "role.dismiss" : "role.appoint")}
    </Button>
  );
}
