import { useEffect, useRef, useState } from "react";
import type { Notice, ScreenOf } from "../../../core/contract/snapshots.ts";
import { useNoticeText } from "./notice-text.ts";

/** How long a notice stays, and how many stand at once. */
const STAYS_MS = 6000;
const AT_ONCE = 3;

/** The notices that came while this screen was shown, each for a while. */
function useFresh(notices: readonly Notice[]): readonly Notice[] {
  const seen = useRef(new Set(notices.map(({ id }) => id)));
  const [fresh, setFresh] = useState<readonly Notice[]>([]);
  useEffect(() => {
    const news = notices.filter(({ id }) => !seen.current.has(id));
    if (news.length === 0) return;
    for (const { id } of news) seen.current.add(id);
    setFresh((shown) => [...shown, ...news].slice(-AT_ONCE));
    setTimeout(() => setFresh((shown) => shown.filter((notice) => !news.includes(notice))), STAYS_MS);
  }, [notices]);
  return fresh;
}

/** Tells, to eyes and to screen readers, who came, went or was removed. */
export function Notices({ view }: { readonly view: ScreenOf<"call"> }) {
  const textOf = useNoticeText();
  const fresh = useFresh(view.notices);
  return (
    <div className="notices" aria-live="polite">
      {fresh.map((notice) => (
        <p key={notice.id} className={`notice notice-${notice.kind}`}>
          {textOf(notice)}
        </p>
      ))}
    </div>
  );
}
