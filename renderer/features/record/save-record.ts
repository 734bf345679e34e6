import { useEffect } from "react";
import { fromBase64Url } from "../../../core/base/bytes.ts";
import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { saveFile } from "../../ui/save-file.ts";
import { useSurroundings } from "../context/surroundings.ts";

/** What a record's file is called at its end; the rest of its name is only the time of saving. */
const RECORD_FILE = ".vigil-record";

/** Hands a record that was asked for to the window as a file to be saved, and tells the host that it need not be kept any longer. */
export function useRecordSaved({ record }: ScreenOf<"call">): void {
  const { send } = useSurroundings();
  useEffect(() => {
    if (record === null) return;
    const bytes = fromBase64Url(record);
    if (bytes !== null) saveFile(new Blob([bytes]), RECORD_FILE);
    send({ type: "take-record" });
  }, [record, send]);
}
