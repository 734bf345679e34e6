import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { isolate } from "../../locales/isolate.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Spinner } from "../../ui/progress.tsx";
import { useNamesHere } from "../covers/acts-context.ts";
import { FigureList, type Figure } from "./figure-list.tsx";
import type { CallFigures, LinkFigures } from "./figures.ts";
import { useFigures } from "./use-figures.ts";
import { useFigureWords } from "./words.ts";
import "./statistics.css";

interface StatisticsDialogProps {
  readonly participants: readonly Participant[];
  readonly onClose: () => void;
}

/** How the call goes, in figures: what this machine does, then the link to each member. */
export function StatisticsDialog({ participants, onClose }: StatisticsDialogProps) {
  const { t } = useTranslation();
  const figures = useFigures();
  const others = participants.filter(({ self }) => !self);
  return (
    <Dialog width="wide" title={t("statistics.title")} closeLabel={t("common.close")} onClose={onClose}>
      {figures === null ? (
        <p className="statistics-wait" role="status">
          <Spinner />
          <span>{t("statistics.counting")}</span>
        </p>
      ) : (
        <div className="statistics">
          <MachinePart figures={figures} participants={others} />
          {others.map((participant) => (
            <LinkPart
              key={participant.id}
              participant={participant}
              participants={participants}
              figures={figures.links.find(({ member }) => member === participant.id) ?? null}
            />
          ))}
        </div>
      )}
    </Dialog>
  );
}

function useLimits(figures: CallFigures, participants: readonly Participant[]): string {
  const { t, i18n } = useTranslation();
  const nameOf = useNamesHere();
  const { size } = useFigureWords();
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction" });
  const links = figures.limits.filter((limit) => limit.by === "link").map(({ member }) => member);
  const names = participants.filter(({ id }) => links.includes(id)).map((one) => isolate(nameOf(one)));
  const camera = figures.limits.find((limit) => limit.by === "camera");
  const words = [
    figures.limits.some(({ by }) => by === "processor") ? t("statistics.byProcessor") : null,
    names.length > 0 ? t("statistics.byLink", { names: list.format(names), count: names.length }) : null,
    camera === undefined ? null : t("statistics.byCamera", { size: size(camera) }),
  ].filter((word) => word !== null);
  return words.length === 0 ? t("statistics.byNothing") : words.join(" ");
}

function MachinePart({
  figures,
  participants,
}: {
  readonly figures: CallFigures;
  readonly participants: readonly Participant[];
}) {
  const { t } = useTranslation();
  const title = useId();
  const { picture } = useFigureWords();
  const limits = useLimits(figures, participants);
  const { layers, hardware, dropped, passedOn } = figures;
  const shown: readonly Figure[] = [
    { label: t("statistics.limits"), text: limits, wide: true },
    {
      label: t("statistics.encoders"),
      text: t(hardware === false ? "statistics.encodersSoftware" : "statistics.encodersUnknown", {
        count: layers.length,
      }),
    },
    {
      label: t("statistics.encoded"),
      text: layers.length === 0 ? t("statistics.noPicture") : layers.map(picture).join(" + "),
      wide: true,
    },
    {
      label: t("passing.passedOn"),
      text: passedOn === 0 ? t("passing.none") : t("passing.copies", { count: passedOn }),
    },
    { label: t("statistics.dropped"), text: t("statistics.droppedOf", dropped), wide: true },
  ];
  return (
    <section aria-labelledby={title}>
      <h3 id={title}>{t("statistics.machine")}</h3>
      <FigureList figures={shown} />
    </section>
  );
}

function linkRows(
  figures: LinkFigures,
  {
    t,
    words,
    by,
  }: {
    readonly t: ReturnType<typeof useTranslation>["t"];
    readonly words: ReturnType<typeof useFigureWords>;
    /** Who passes on their picture, in words; empty for nobody. */
    readonly by: string;
  },
) {
  const { comes, goes } = figures;
  const held = figures.heldBack ? ` (${t("statistics.heldBack")})` : "";
  const screens: readonly Figure[] = [
    { label: t("statistics.screenGoes"), text: goes.screen === null ? null : words.picture(goes.screen) },
    { label: t("statistics.screenComes"), text: comes.screen === null ? null : words.picture(comes.screen) },
  ];
  const rows: readonly Figure[] = [
    { label: t("statistics.path"), text: t(`statistics.route.${figures.route}`) },
    { label: t("statistics.roundTrip"), text: words.ms(figures.roundTripMs) },
    { label: t("statistics.rate"), text: words.rates(figures.rate) },
    { label: t("statistics.lost"), text: words.percents(figures.lost) },
    { label: t("statistics.goes"), text: `${words.picture(goes.camera)}${held}` },
    { label: t("statistics.comes"), text: `${words.picture(comes.camera)}${by}` },
    ...screens.filter(({ text }) => text !== null),
    { label: t("statistics.concealed"), text: words.percent(figures.concealed) },
  ];
  return rows;
}

function LinkPart({
  participant,
  participants,
  figures,
}: {
  readonly participant: Participant;
  readonly participants: readonly Participant[];
  readonly figures: LinkFigures | null;
}) {
  const { t } = useTranslation();
  const title = useId();
  const words = useFigureWords();
  const nameOf = useNamesHere();
  const passer = participants.find(({ id }) => id === figures?.cameraBy);
  const by = passer === undefined ? "" : ` (${t("passing.sentBy", { name: isolate(nameOf(passer)) })})`;
  return (
    <section aria-labelledby={title}>
      <h3 id={title}>
        <bdi>{nameOf(participant)}</bdi>
      </h3>
      {figures === null ? (
        <p className="statistics-none">{t("statistics.noLink")}</p>
      ) : (
        <FigureList figures={linkRows(figures, { t, words, by })} />
      )}
    </section>
  );
}
