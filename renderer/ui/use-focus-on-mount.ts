import { useEffect, useRef, type RefObject } from "react";

/** Moves the focus to an element when it appears: the heading of a new screen, so that it is read and Tab goes on from there. */
export function useFocusOnMount<E extends HTMLElement>(): RefObject<E | null> {
  const ref = useRef<E>(null);
  useEffect(() => ref.current?.focus({ preventScroll: true }), []);
  return ref;
}
