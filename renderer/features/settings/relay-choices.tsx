import { useRef, useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { MAX_RELAY_CHARACTERS, MAX_RELAYS } from "../../../core/contract/limits.ts";
import { isRelayAddress } from "../../../core/contract/relay-address.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { TextField } from "../../ui/text-field.tsx";

interface RelayChoicesProps {
  readonly relays: readonly string[];
  readonly onChange: (relays: readonly string[]) => void;
}

/** The relays that the person chose, and the way to add one or to do without it. */
export function RelayChoices({ relays, onChange }: RelayChoicesProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<"relayWrong" | "relayTwice" | "relaysFull" | null>(null);
  const add = (event: SyntheticEvent): void => {
    event.preventDefault();
    const address = typed.trim();
    const found = faultOf(address, relays);
    setFault(found);
    input.current?.focus();
    if (found !== null) return;
    setTyped("");
    onChange([...relays, address]);
  };
  const remove = (relay: string): void => {
    onChange(relays.filter((other) => other !== relay));
    input.current?.focus();
  };
  return (
    <section className="settings-part">
      <h3>{t("settings.relays")}</h3>
      <p className="settings-hint">{t("settings.relaysHint")}</p>
      {relays.length > 0 && <RelayList relays={relays} onRemove={remove} />}
      <form className="relay-form" noValidate onSubmit={add}>
        <TextField
          label={t("settings.relayAddress")}
          placeholder="/dns4/relay.example.org/tcp/443/wss/p2p/12D3KooW…"
          value={typed}
          maxLength={MAX_RELAY_CHARACTERS}
          error={fault === null ? null : t(`settings.${fault}`)}
          inputRef={input}
          autoCapitalize="off"
          spellCheck={false}
          dir="ltr"
          onChange={(text) => {
            setFault(null);
            setTyped(text);
          }}
        />
        <Button type="submit">{t("settings.addRelay")}</Button>
      </form>
    </section>
  );
}

function faultOf(address: string, relays: readonly string[]): "relayWrong" | "relayTwice" | "relaysFull" | null {
  if (!isRelayAddress(address)) return "relayWrong";
  if (relays.includes(address)) return "relayTwice";
  return relays.length >= MAX_RELAYS ? "relaysFull" : null;
}

interface RelayListProps {
  readonly relays: readonly string[];
  readonly onRemove: (relay: string) => void;
}

function RelayList({ relays, onRemove }: RelayListProps) {
  const { t } = useTranslation();
  return (
    <ul className="relays" aria-label={t("settings.relays")}>
      {relays.map((relay) => (
        <li key={relay} className="relay">
          <span className="relay-address" dir="ltr" translate="no" title={relay}>
            {relay}
          </span>
          <Button
            look="quiet"
            size="icon"
            aria-label={t("settings.removeRelay", { relay })}
            onPress={() => onRemove(relay)}
          >
            <Icon name="close" />
          </Button>
        </li>
      ))}
    </ul>
  );
}
