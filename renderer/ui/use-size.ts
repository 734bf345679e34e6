import { useLayoutEffect, useState, type RefObject } from "react";
import type { Size } from "./size.ts";

/** The inner size of an element in CSS pixels, kept up to date; `before` until the first measure, which comes before anything is drawn. */
export function useSize(ref: RefObject<HTMLElement | null>, before: Size): Size {
  const [size, setSize] = useState(before);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
