import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Network } from "../../../core/contract/settings.ts";
import { Switch } from "../../ui/switch.tsx";
import { useSurroundings } from "../context/surroundings.ts";
import { RelayChoices } from "./relay-choices.tsx";

/** Whom the next meeting may speak to besides its members: the local network, and relays. */
export function NetworkChoices() {
  const { t } = useTranslation();
  const { settings, send } = useSurroundings();
  const title = useId();
  const choose = (network: Network): void => send({ type: "change-settings", settings: { ...settings, network } });
  const { network } = settings;
  return (
    <section className="settings-network" aria-labelledby={title}>
      <div className="settings-part">
        <h3 id={title}>{t("settings.network")}</h3>
        <p className="settings-hint">{t("settings.fromNextMeeting")}</p>
        <Switch
          label={t("settings.localDiscovery")}
          icon="people"
          on={network.localDiscovery}
          onChange={(localDiscovery) => choose({ ...network, localDiscovery })}
        />
        <p className="settings-hint">{t("settings.localDiscoveryHint")}</p>
      </div>
      <RelayChoices relays={network.relays} onChange={(relays) => choose({ ...network, relays })} />
    </section>
  );
}
