import { useEffect, useRef, useState } from "react";
import { useSurroundings } from "../../context/surroundings.ts";
import { rested, weaken, weakPart, type WeakPart } from "./weakness.ts";

const READ_EVERY_MS = 1_000;

/** Whether there is sound alone, and why. */
export interface SoundOnly {
  /** Null while there are pictures. */
  readonly cause: "chosen" | WeakPart | null;
  readonly choose: (soundOnly: boolean) => void;
}

/** Sound alone, by choice or once pictures are too much; then one's own camera is off, too, and comes back with the pictures. */
export function useSoundOnly(): SoundOnly {
  const { media } = useSurroundings();
  const [cause, setCause] = useState<SoundOnly["cause"]>(null);
  const hadCamera = useRef(false);

  const enter = (why: "chosen" | WeakPart): void => {
    hadCamera.current = media.local().camera.on;
    if (hadCamera.current) void media.setCamera(false);
    setCause(why);
  };
  const leave = (): void => {
    if (hadCamera.current) void media.setCamera(true);
    setCause(null);
  };
  const latest = useRef(enter);
  useEffect(() => {
    latest.current = enter;
  });
  useEffect(() => {
    if (cause !== null) return undefined;
    let weakness = rested(performance.now());
    const timer = setInterval(() => {
      weakness = weaken(weakness, media.strain(), performance.now());
      const weak = weakPart(weakness);
      if (weak !== null) latest.current(weak);
    }, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [media, cause]);

  return { cause, choose: (soundOnly) => (soundOnly ? enter("chosen") : leave()) };
}
