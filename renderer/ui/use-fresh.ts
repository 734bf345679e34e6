import { useEffect, useRef, useState } from "react";

interface Item {
  readonly id: string;
}

/**
 * What came while this screen was shown, each for `staysMs` and at most `atOnce` together. What was there at first is not news;
 * what goes and comes again under the same id is.
 */
export function useFresh<One extends Item>(
  items: readonly One[],
  { staysMs, atOnce }: { readonly staysMs: number; readonly atOnce: number },
): readonly One[] {
  const last = useRef(new Set(items.map(({ id }) => id)));
  const [fresh, setFresh] = useState<readonly One[]>([]);
  useEffect(() => {
    const news = items.filter(({ id }) => !last.current.has(id));
    last.current = new Set(items.map(({ id }) => id));
    if (news.length === 0) return;
    setFresh((shown) => [...shown, ...news].slice(-atOnce));
    setTimeout(() => setFresh((shown) => shown.filter((item) => !news.includes(item))), staysMs);
  }, [items, staysMs, atOnce]);
  return fresh;
}
