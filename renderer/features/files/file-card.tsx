import { useTranslation } from "react-i18next";
import type { SharedFile } from "../../../core/contract/files.ts";
import { isolate } from "../../locales/isolate.ts";
import { Bar } from "../../ui/bar.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useShownName } from "../participants/shown-name.ts";
import { FileActs } from "./file-acts.tsx";
import { kindOf, useBytes, useFileState } from "./file-words.ts";
import "./files.css";

interface FileCardProps {
  readonly file: SharedFile;
  readonly own: boolean;
  readonly time: string;
}

/** One file among the messages: what it is and how large, before anything of it has come; then how far it is and where it went. */
export function FileCard({ file, own, time }: FileCardProps) {
  const { t } = useTranslation();
  const bytes = useBytes();
  const state = useFileState()(file, own);
  const kind = kindOf(file.file);
  const size = bytes(file.size);
  // What one has chosen oneself needs no warning.
  const warned = !own && file.canRun && ["offered", "receiving", "waiting", "saved", "declined"].includes(file.state);
  return (
    <div className={`message ${own ? "message-own" : ""}`}>
      <p className="message-head">
        <bdi className="message-from">{useShownName(file)}</bdi>
        <time>{time}</time>
      </p>
      <div className="file" role="group" aria-label={t("files.named", { file: isolate(file.file) })}>
        <div className="file-about">
          <span className="file-mark" aria-hidden="true">
            <Icon name={warned ? "warning" : "file"} />
          </span>
          <p>
            <bdi className="file-name">{file.file}</bdi>
            <span className="file-size">{kind === "" ? size : t("files.about", { kind, size })}</span>
          </p>
        </div>
        <FileProgress file={file} />
        {state !== "" && <p className={file.why === null ? "file-state" : "file-state file-trouble"}>{state}</p>}
        {file.path !== "" && (
          <p className="file-state">
            {t("files.saved")}{" "}
            <bdi className="file-path" dir="ltr">
              {file.path}
            </bdi>
          </p>
        )}
        {warned && <p className="file-warning">{t("files.canRun")}</p>}
        <FileActs file={file} own={own} />
      </div>
    </div>
  );
}

/** Bars for what is on its way: one for the file itself, or one for each member who takes it. */
function FileProgress({ file }: { readonly file: SharedFile }) {
  const { t } = useTranslation();
  const bytes = useBytes();
  const text = (done: number): string => t("files.progress", { done: bytes(done), size: bytes(file.size) });
  const part = (done: number): number => (file.size === 0 ? 1 : done / file.size);
  if (file.state === "reading" || file.state === "receiving" || (file.state === "waiting" && file.done > 0)) {
    const label = file.state === "reading" ? t("files.reading") : t("files.receiving", { file: isolate(file.file) });
    return <Bar label={label} part={part(file.done)} text={text(file.done)} />;
  }
  const sending = file.state === "offered" ? file.takers.filter((one) => one.state === "sending") : [];
  return sending.map(({ member, name, done }) => (
    <div key={member} className="file-taker">
      <bdi>{name}</bdi>
      <Bar label={t("files.sendingTo", { name: isolate(name) })} part={part(done)} text={text(done)} />
    </div>
  ));
}
