import { useEffect, useRef, useState } from "react";

/** Something that came, with a number of its own each time that it comes. */
interface Fresh<One> {
  readonly key: number;
  readonly item: One;
}

/**
 * What came while this screen was shown, each for `staysMs` and at most `atOnce` together. What was there at first is not news;
 * what goes and comes again under the same id is.
 */
export function useFresh<One extends { readonly id: string }>(
  items: readonly One[],
  { staysMs, atOnce }: { readonly staysMs: number; readonly atOnce: number },
): readonly Fresh<One>[] {
  const last = useRef(new Set(items.map(({ id }) => id)));
  const came = useRef(0);
  const [fresh, setFresh] = useState<readonly Fresh<One>[]>([]);
  useEffect(() => {
    const news = items.filter(({ id }) => !last.current.has(id)).map((item) => ({ key: ++came.current, item }));
    last.current = new Set(items.map(({ id }) => id));
    if (news.length === 0) return;
    setFresh((shown) => [...shown, ...news].slice(-atOnce));
    setTimeout(() => setFresh((shown) => shown.filter((one) => !news.includes(one))), staysMs);
  }, [items, staysMs, atOnce]);
  return fresh;
}
