import type { ScreenOf } from "../../../core/contract/snapshots.ts";
import { useFresh } from "../../ui/use-fresh.ts";
import { useNoticeText } from "./notice-text.ts";

/** How long a notice stays, and how many stand at once. */
const SHOWN = { staysMs: 6_000, atOnce: 3 };

/** Tells, to eyes and to screen readers, who came, went or was removed. */
export function Notices({ view }: { readonly view: ScreenOf<"call"> }) {
  const textOf = useNoticeText();
  const fresh = useFresh(view.notices, SHOWN);
  return (
    <div className="notices" aria-live="polite">
      {fresh.map(({ key, item: notice }) => (
        <p key={key} className={`notice notice-${notice.kind}`}>
          {textOf(notice)}
        </p>
      ))}
    </div>
  );
}
